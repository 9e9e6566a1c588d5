MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
WHERE s.has_error = 1
RETURN count(DISTINCT t.trace_id) AS traces
