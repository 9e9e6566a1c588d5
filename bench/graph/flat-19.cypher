MATCH (t:Trace) MATCH (s:Span)
WHERE s.trace_id = t.trace_id AND s.tenant_id = t.tenant_id AND s.has_error = 1
RETURN t.agent_id AS agent, count(*) AS failed
