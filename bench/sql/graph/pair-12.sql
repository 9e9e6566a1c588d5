-- The last span of the first traces by id.
-- form: flat
select trace_id, max(span_end_ts_ms) from read_parquet({files}) where trace_id < '004' group by 1
