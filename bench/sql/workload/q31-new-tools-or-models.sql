-- Which tools or models appeared for the first time this week?
-- order: first
-- rows: 1
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) + 4 * 86400000 as now
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
select actor_type as type, actor_label as label, min(span_start_ts_ms) as first
from pg_spans
where tenant_id = $tenant and agent_id = $agent and span_start_ts_ms >= $now - 2592000000
group by actor_type, actor_label
having min(span_start_ts_ms) >= $now - 604800000
order by first
