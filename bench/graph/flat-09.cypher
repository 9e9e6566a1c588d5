MATCH (s:Span)
WHERE s.span_start_ts_ms >= 1762905600000 AND s.span_start_ts_ms < 1762992000000 AND s.has_error = 1
RETURN s.trace_id AS trace, count(*) AS failed ORDER BY failed DESC, trace LIMIT 10
