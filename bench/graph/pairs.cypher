MATCH (c:Span)-[:CHILD_OF]->(p:Span) RETURN c.actor_label AS child, p.actor_label AS parent, count(*) AS calls
