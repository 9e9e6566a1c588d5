-- All spans of one trace, 14 columns without payloads.
-- form: prepared
select tenant_id, agent_id, trace_id, span_id, parent_span_id, span_start_ts_ms, span_end_ts_ms, duration_ms,
    actor_label, actor_type, input_tokens, output_tokens, total_tokens, has_error
from read_parquet({files}) where trace_id = ?
-- form: literal
select tenant_id, agent_id, trace_id, span_id, parent_span_id, span_start_ts_ms, span_end_ts_ms, duration_ms,
    actor_label, actor_type, input_tokens, output_tokens, total_tokens, has_error
from read_parquet({files}) where trace_id = '{key}'
