-- The ten traces with most tokens.
-- form: flat
select trace_id, sum(total_tokens) from read_parquet({files}) group by 1 order by 2 desc, 1 limit 10
