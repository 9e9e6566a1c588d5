-- Which runs of this agent started in this time window, newest first?
-- order: started
-- rows: 150
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) - 5 * 86400000 as "from", max(trace_start_ts_ms) - 86400000 as "to"
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
select 'Trace[' || trace_id || ']' as id, trace_start_ts_ms as started, duration_ms as dur, event_count as events,
       total_tokens as tokens, has_error as err, category as cat
from pg_traces
where tenant_id = $tenant and agent_id = $agent and trace_start_ts_ms >= $from and trace_start_ts_ms < $to
order by started desc
