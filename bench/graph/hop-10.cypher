MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
WHERE s.actor_type = 'tool_call'
WITH t.trace_id AS trace, count(*) AS calls WHERE calls > 20
RETURN trace, calls
