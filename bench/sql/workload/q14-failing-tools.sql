-- Which tools fail most often in this window, and at what rate?
-- order: errors
-- rows: 20
-- == parameters
select max(trace_start_ts_ms) - 5 * 86400000 as "from", max(trace_start_ts_ms) as "to"
from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select actor_label as tool, count(*) as calls, sum(has_error) as errors, sum(has_error)::double / count(*) as rate
from pg_spans
where tenant_id = $tenant and actor_type = 'tool_call' and span_start_ts_ms >= $from and span_start_ts_ms < $to
group by actor_label
order by errors desc
