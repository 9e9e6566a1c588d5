MATCH (s:Span)
WHERE s.has_error = 1 AND NOT EXISTS { MATCH (c:Span)-[:CHILD_OF]->(s) WHERE c.has_error = 1 }
RETURN s.actor_label AS label, count(*) AS failures
