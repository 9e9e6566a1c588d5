MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
RETURN t.trace_id AS trace, sum(s.total_tokens) AS tokens ORDER BY tokens DESC, trace LIMIT 10
