MATCH (s:Span)
WHERE s.span_start_ts_ms >= 1762905600000 AND s.span_start_ts_ms < 1762992000000
RETURN s.actor_type AS type, count(*) AS spans, sum(s.total_tokens) AS tokens
