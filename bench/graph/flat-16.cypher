MATCH (t:Trace)
RETURN t.agent_id AS agent, sum(t.total_tokens) AS tokens ORDER BY tokens DESC, agent LIMIT 10
