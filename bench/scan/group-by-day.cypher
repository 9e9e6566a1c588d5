MATCH (s:Span)
RETURN s.span_start_ts_ms / 86400000 AS day, sum(s.total_tokens) AS tokens, count(*) AS calls
