-- Which runs are chatty: many model calls for each tool call?
-- order: ratio
-- rows: 20
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) - 5 * 86400000 as "from"
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
with counts as (
  select t.trace_id, count(*) filter (where s.actor_type = 'llm_call') as llm,
         count(*) filter (where s.actor_type = 'tool_call') as tools
  from pg_traces t join pg_spans s on s.tenant_id = t.tenant_id and s.trace_id = t.trace_id
  where t.tenant_id = $tenant and t.agent_id = $agent and t.trace_start_ts_ms >= $from
  group by t.trace_id)
select trace_id as trace, llm, tools, llm::double / greatest(tools, 1) as ratio
from counts
order by ratio desc
