MATCH (s:Span) RETURN count(DISTINCT s.trace_id) AS traces
