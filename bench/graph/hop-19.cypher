MATCH (a:Agent)-[:OWNS]->(t:Trace)-[:HAS_SPAN]->(s:Span)
WHERE s.has_error = 1
RETURN a.agent_id AS agent, count(*) AS failed
