MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
WHERE t.trace_id < '004'
RETURN t.trace_id AS trace, max(s.span_end_ts_ms) AS ended
