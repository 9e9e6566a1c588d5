MATCH (s:Span)
WHERE s.has_error = 1
RETURN count(DISTINCT s.trace_id) AS traces
