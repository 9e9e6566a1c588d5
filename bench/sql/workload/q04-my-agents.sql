-- Which agents do I have, how many runs did each make since a date, and when was each last active?
-- order: last_seen
-- rows: 6
-- == parameters
select max(trace_start_ts_ms) - 2 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select a.agent_id as agent, count(t.trace_id) as runs, max(t.trace_start_ts_ms) as last_seen
from pg_tenants n join pg_agents a on a.tenant_id = n.tenant_id
left join pg_traces t on t.tenant_id = a.tenant_id and t.agent_id = a.agent_id and t.trace_start_ts_ms >= $from
where n.tenant_id = $tenant
group by a.agent_id
order by last_seen desc nulls first
