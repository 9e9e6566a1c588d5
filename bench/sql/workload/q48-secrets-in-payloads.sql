-- Which prompts of this agent contain something that looks like a secret key?
-- order: none
-- rows: 20
-- == parameters
select agent_id as agent, max(trace_start_ts_ms) - 4 * 86400000 as "from"
from pg_traces where tenant_id = $tenant group by agent_id order by count(*) desc, agent_id limit 1
-- == answer
select trace_id as trace, span_id as span, actor_label as label
from pg_spans
where tenant_id = $tenant and agent_id = $agent and span_start_ts_ms >= $from
  and regexp_matches(input_payload, 'sk-[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}')
