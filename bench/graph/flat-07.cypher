MATCH (s:Span)
RETURN s.trace_id AS trace, count(*) AS spans, sum(s.duration_ms) AS busy_ms ORDER BY busy_ms DESC, trace LIMIT 10
