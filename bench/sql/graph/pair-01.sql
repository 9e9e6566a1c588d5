-- Spans by label.
-- form: flat
select actor_label, count(*) from read_parquet({files}) group by 1
