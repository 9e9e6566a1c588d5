-- Failures by label.
-- form: where
select actor_label, count(*) from read_parquet({files}) where has_error = 1 group by 1
-- form: filter
select actor_label, count(*) filter (where has_error = 1) as errors from read_parquet({files}) group by 1 having errors > 0
-- form: sum
select actor_label, sum(has_error) as errors from read_parquet({files}) group by 1 having errors > 0
