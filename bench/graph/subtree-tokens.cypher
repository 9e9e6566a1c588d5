MATCH (a:Span {actor_type: 'subagent'})<-[:CHILD_OF*0..]-(d:Span)
RETURN a.actor_label AS subagent, sum(d.total_tokens) AS tokens, count(*) AS spans
