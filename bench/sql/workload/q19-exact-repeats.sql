-- Which tool calls of this trace repeat the same tool with the same arguments?
-- order: n
-- rows: 100
-- == parameters
-- Traces whose tools were called again with the very same arguments.
select trace_id as trace from (
  select trace_id, count(*) as n from pg_spans
  where tenant_id = $tenant and actor_type = 'tool_call'
  group by trace_id, actor_label, json_extract(input_payload, '$.arguments') having count(*) > 1)
group by trace_id order by sum(n) desc, trace_id limit 3
-- == answer
select actor_label as tool, count(*) as n, min(span_id) as sample
from pg_spans
where tenant_id = $tenant and trace_id = $trace and actor_type = 'tool_call'
group by actor_label, json_extract(input_payload, '$.arguments')
having count(*) > 1
order by n desc
