MATCH (s:Span)
RETURN s.tenant_id AS tenant, count(*) AS spans, sum(s.has_error) AS failed
