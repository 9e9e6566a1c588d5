MATCH (s:Span)
RETURN s.actor_label AS label, count(*) AS spans
