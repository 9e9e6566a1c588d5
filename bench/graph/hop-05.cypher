MATCH (t:Trace)-[:HAS_SPAN]->(s:Span)
WHERE t.trace_id < '01'
RETURN s.actor_type AS type, count(*) AS spans, sum(s.input_tokens) AS input, sum(s.output_tokens) AS output
