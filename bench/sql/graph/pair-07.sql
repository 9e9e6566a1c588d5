-- The ten traces that were busy longest.
-- form: flat
select trace_id, count(*), sum(duration_ms) from read_parquet({files}) group by 1 order by 3 desc, 1 limit 10
