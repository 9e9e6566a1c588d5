-- In which runs did the prompt grow more than three times from the first to the last model call?
-- order: growth
-- rows: 20
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) - 5 * 86400000 as "from"
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
with calls as (
  select trace_id, input_tokens,
         row_number() over (partition by trace_id order by span_start_ts_ms) as place,
         count(*) over (partition by trace_id) as calls
  from pg_spans
  where tenant_id = $tenant and agent_id = $agent and actor_type = 'llm_call' and span_start_ts_ms >= $from
    and input_tokens is not null),
ends as (
  select trace_id, calls, max(input_tokens) filter (where place = 1) as first,
         max(input_tokens) filter (where place = calls) as final
  from calls group by trace_id, calls)
select trace_id as trace, calls, first, final, final::double / first as growth
from ends
where calls >= 5 and final > 3 * first
order by growth desc
