MATCH (s:Span)
WHERE s.actor_type = 'tool_call'
WITH s.trace_id AS trace, count(*) AS calls WHERE calls > 20
RETURN trace, calls
