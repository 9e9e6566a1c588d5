MATCH (a:Agent)-[:OWNS]->(t:Trace)
RETURN a.agent_id AS agent, max(t.trace_start_ts_ms) AS started
