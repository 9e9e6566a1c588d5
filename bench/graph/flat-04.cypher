MATCH (s:Span)
WHERE s.trace_id < '001'
RETURN s.trace_id AS trace, s.span_id AS span, s.actor_label AS label, s.duration_ms AS duration_ms
