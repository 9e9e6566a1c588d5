-- The ten traces with most failed spans of one day.
-- form: flat
select trace_id, count(*) from read_parquet({files}) where span_start_ts_ms >= 1762905600000 AND span_start_ts_ms < 1762992000000 and has_error = 1 group by 1 order by 2 desc, 1 limit 10
