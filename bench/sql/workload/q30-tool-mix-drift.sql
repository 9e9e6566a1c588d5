-- Which tools are used more or less than last week?
-- order: order_drift
-- rows: 40
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) + 4 * 86400000 as now
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
with counts as (
  select actor_label as tool, count(*) filter (where span_start_ts_ms >= $now - 604800000) as this_week,
         count(*) filter (where span_start_ts_ms < $now - 604800000) as last_week
  from pg_spans
  where tenant_id = $tenant and agent_id = $agent and actor_type = 'tool_call' and span_start_ts_ms >= $now - 1209600000
  group by actor_label)
select *, abs(this_week - last_week) as order_drift
from counts
order by order_drift desc
