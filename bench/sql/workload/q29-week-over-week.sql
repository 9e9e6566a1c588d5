-- How do this week and last week compare: runs, error rate, tokens, p95 duration?
-- order: none
-- rows: 2
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) + 4 * 86400000 as now
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
select case when trace_start_ts_ms >= $now - 604800000 then 'this' else 'last' end as week, count(*) as runs,
       avg(has_error::double) as err, avg(total_tokens) as tokens, quantile_cont(duration_ms, 0.95) as p95
from pg_traces
where tenant_id = $tenant and agent_id = $agent and trace_start_ts_ms >= $now - 1209600000
group by week
