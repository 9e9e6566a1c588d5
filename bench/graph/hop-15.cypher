MATCH (a:Agent)-[:OWNS]->(t:Trace)
WHERE t.has_error = 1
RETURN a.agent_id AS agent, count(*) AS runs
