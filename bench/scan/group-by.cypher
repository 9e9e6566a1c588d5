MATCH (s:Span) RETURN s.actor_label AS label, sum(s.input_tokens) AS tokens, count(*) AS calls
