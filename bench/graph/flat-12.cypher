MATCH (s:Span)
WHERE s.trace_id < '004'
RETURN s.trace_id AS trace, max(s.span_end_ts_ms) AS ended
