-- Which model or tool calls started but never ended?
-- order: st
-- rows: 100
-- == parameters
select max(trace_start_ts_ms) - 7 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select trace_id as trace, actor_label as label, span_start_ts_ms as st
from pg_spans
where tenant_id = $tenant and span_start_ts_ms >= $from
  and (span_end_ts_ms is null or span_end_ts_ms = span_start_ts_ms) and actor_type in ('llm_call', 'tool_call')
order by st desc
