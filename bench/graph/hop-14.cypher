MATCH (a:Agent)-[:OWNS]->(t:Trace)
RETURN a.agent_id AS agent, count(*) AS runs
