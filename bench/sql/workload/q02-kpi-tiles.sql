-- How many runs, how many tokens and what success rate did this agent have in this window?
-- order: none
-- rows: 2
-- == parameters
(select agent_id as agent, max(trace_start_ts_ms) - 5 * 86400000 as "from", max(trace_start_ts_ms) as "to"
 from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1)
union all
-- A window without runs still has its one row.
select 'nobody', 0, 1 where exists (from pg_traces where tenant_id = $tenant)
-- == answer
select count(*) as runs, coalesce(sum(total_tokens), 0) as tokens,
       1 - avg(case when has_error = 1 then 1.0 else 0.0 end)::double as success_rate
from pg_traces
where tenant_id = $tenant and agent_id = $agent and trace_start_ts_ms >= $from and trace_start_ts_ms < $to
