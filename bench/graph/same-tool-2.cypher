MATCH (c:Span)-[:CHILD_OF]->(p:Span) WHERE c.actor_type = 'tool_call'
WITH p, c.actor_label AS tool, count(*) AS calls WHERE calls >= 2
RETURN tool, count(*) AS loops
