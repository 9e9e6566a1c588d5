MATCH (s:Span)
WHERE s.has_error = 1
RETURN s.actor_label AS label, count(*) AS spans
