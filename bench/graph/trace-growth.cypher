MATCH (:Trace {trace_id: $key})-[:HAS_SPAN]->(s:Span)
OPTIONAL MATCH (s)-[:CHILD_OF]->(p:Span)
RETURN s.span_id AS span, s.actor_label AS label, s.span_start_ts_ms AS start, s.duration_ms AS duration_ms,
    s.total_tokens AS tokens, s.has_error AS failed, p.span_id AS parent, p.actor_label AS parent_label
