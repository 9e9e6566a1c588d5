MATCH (d:Span)-[:CHILD_OF*]->(a:Span) RETURN count(*) AS pairs
