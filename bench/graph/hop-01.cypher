MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
RETURN s.actor_label AS label, count(*) AS spans
