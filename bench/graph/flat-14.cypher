MATCH (t:Trace)
RETURN t.agent_id AS agent, count(*) AS runs
