-- One span by its id, which is random and in no order.
-- form: prepared
select tenant_id, agent_id, trace_id, span_id, parent_span_id, span_start_ts_ms, span_end_ts_ms, duration_ms,
    actor_label, actor_type, input_tokens, output_tokens, total_tokens, has_error
from read_parquet({files}) where span_id = ?
-- form: literal
select tenant_id, agent_id, trace_id, span_id, parent_span_id, span_start_ts_ms, span_end_ts_ms, duration_ms,
    actor_label, actor_type, input_tokens, output_tokens, total_tokens, has_error
from read_parquet({files}) where span_id = '{key}'
