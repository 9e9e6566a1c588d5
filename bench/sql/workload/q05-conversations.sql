-- Which conversations (sessions) did this agent have, with runs, time span and tokens of each?
-- order: last
-- rows: 40
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) - 5 * 86400000 as "from"
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
select session_key as session, count(*) as runs, min(trace_start_ts_ms) as first, max(trace_end_ts_ms) as last,
       sum(total_tokens) as tokens
from pg_traces
where tenant_id = $tenant and agent_id = $agent and session_key is not null and trace_start_ts_ms >= $from
group by session_key
order by last desc
