MATCH (t:Trace) MATCH (s:Span)
WHERE s.trace_id = t.trace_id AND s.tenant_id = t.tenant_id AND t.has_error = 1
RETURN s.actor_label AS label, count(*) AS spans
