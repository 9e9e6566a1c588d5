-- How many traces there are.
-- form: count distinct
select count(distinct trace_id) from read_parquet({files})
-- form: distinct first
select count(*) from (select distinct trace_id from read_parquet({files}))
-- form: as uuid
select count(distinct trace_id::uuid) from read_parquet({files})
