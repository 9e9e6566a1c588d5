MATCH (t:Trace)
RETURN t.agent_id AS agent, max(t.trace_start_ts_ms) AS started
