MATCH (s:Span) WHERE s.span_id = $key
RETURN s.tenant_id, s.agent_id, s.trace_id, s.span_id, s.parent_span_id, s.span_start_ts_ms, s.span_end_ts_ms,
    s.duration_ms, s.actor_label, s.actor_type, s.input_tokens, s.output_tokens, s.total_tokens, s.has_error
