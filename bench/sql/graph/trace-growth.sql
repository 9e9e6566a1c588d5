-- All spans of a trace with their parents.
-- form: joined, prepared
with spans as materialized (
    select span_id, parent_span_id, actor_label, span_start_ts_ms, duration_ms, total_tokens, has_error
    from read_parquet({files}) where trace_id = ?)
select s.span_id, s.actor_label, s.span_start_ts_ms, s.duration_ms, s.total_tokens, s.has_error, p.span_id, p.actor_label
from spans s left join spans p on p.span_id = s.parent_span_id
-- form: joined, literal
with spans as materialized (
    select span_id, parent_span_id, actor_label, span_start_ts_ms, duration_ms, total_tokens, has_error
    from read_parquet({files}) where trace_id = '{key}')
select s.span_id, s.actor_label, s.span_start_ts_ms, s.duration_ms, s.total_tokens, s.has_error, p.span_id, p.actor_label
from spans s left join spans p on p.span_id = s.parent_span_id
