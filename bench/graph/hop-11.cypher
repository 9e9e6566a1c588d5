MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
RETURN t.tenant_id AS tenant, count(*) AS spans, sum(s.has_error) AS failed
