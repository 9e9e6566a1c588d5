-- Failed spans by label.
-- form: flat
select actor_label, count(*) from read_parquet({files}) where has_error = 1 group by 1
