MATCH (s:Span)
RETURN min(s.span_start_ts_ms) AS first_start, max(s.span_start_ts_ms) AS last_start,
    min(s.span_end_ts_ms) AS first_end, max(s.span_end_ts_ms) AS last_end
