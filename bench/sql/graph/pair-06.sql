-- How many traces have a failed span.
-- form: flat
select count(distinct trace_id) from read_parquet({files}) where has_error = 1
