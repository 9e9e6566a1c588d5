MATCH (t:Span {actor_type: 'tool_call'})-[:CHILD_OF*]->(:Span {actor_type: 'subagent'})
RETURN t.actor_label AS tool, count(DISTINCT t) AS calls
