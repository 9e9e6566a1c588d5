MATCH (s:Span) WHERE s.tenant_id = $key
RETURN s.agent_id AS agent, sum(s.total_tokens) AS tokens, count(*) AS calls
