MATCH (n:Tenant)-[:HAS_AGENT]->(a:Agent)
RETURN n.tenant_id AS tenant, count(*) AS agents
