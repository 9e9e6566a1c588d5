MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
WHERE t.trace_id < '001'
RETURN t.trace_id AS trace, s.span_id AS span, s.actor_label AS label, s.duration_ms AS duration_ms
