MATCH (t:Trace)
WHERE t.has_error = 1
RETURN t.agent_id AS agent, count(*) AS runs
