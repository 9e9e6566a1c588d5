-- The spans of the first traces by id.
-- form: flat
select trace_id, span_id, actor_label, duration_ms from read_parquet({files}) where trace_id < '001'
