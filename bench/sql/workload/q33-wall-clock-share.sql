-- Which single calls took more than a fifth of the wall time of this run?
-- order: share
-- rows: 4
-- == parameters
select trace_id as trace from pg_spans where tenant_id = $tenant
group by trace_id having count(*) between 4 and 8 order by trace_id limit 3
-- == answer
select s.span_id as id, s.actor_label as label, s.duration_ms as ms, s.duration_ms::double / t.duration_ms as share
from pg_traces t join pg_spans s on s.tenant_id = t.tenant_id and s.trace_id = t.trace_id
where t.tenant_id = $tenant and t.trace_id = $trace and s.actor_type in ('llm_call', 'tool_call')
  and s.duration_ms > 0.2 * t.duration_ms
order by share desc
