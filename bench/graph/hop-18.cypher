MATCH (a:Agent)-[:OWNS]->(t:Trace)
WHERE t.trace_start_ts_ms >= 1762905600000 AND t.trace_start_ts_ms < 1762992000000
RETURN DISTINCT a.agent_id AS agent
