MATCH (a:Agent)
RETURN a.tenant_id AS tenant, count(*) AS agents
