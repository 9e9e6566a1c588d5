MATCH (:Agent {agent_id: $key})-[:OWNS]->(t:Trace)
WITH t ORDER BY t.trace_start_ts_ms DESC, t.trace_id LIMIT 550
OPTIONAL MATCH (t)-[:HAS_SPAN]->(s:Span)
RETURN t.trace_id AS trace, t.trace_start_ts_ms AS start, count(s) AS spans, sum(s.total_tokens) AS tokens,
    sum(s.duration_ms) AS busy_ms, max(s.has_error) AS failed, collect(left(s.output_payload, 600)) AS outputs
