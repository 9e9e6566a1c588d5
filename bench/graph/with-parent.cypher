MATCH (s:Span)
WHERE s.parent_span_id IS NOT NULL AND EXISTS { (s)-[:CHILD_OF]->(:Span) }
RETURN s.actor_label AS label, count(*) AS spans
