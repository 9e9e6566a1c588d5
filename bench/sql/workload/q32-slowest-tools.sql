-- Which tools are slowest: p50, p95, p99?
-- order: p95
-- rows: 20
-- == parameters
select max(trace_start_ts_ms) - 7 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select actor_label as tool, count(*) as n, quantile_cont(duration_ms, 0.5) as p50,
       quantile_cont(duration_ms, 0.95) as p95, quantile_cont(duration_ms, 0.99) as p99
from pg_spans
where tenant_id = $tenant and actor_type = 'tool_call' and span_start_ts_ms >= $from
group by actor_label
order by p95 desc nulls first
