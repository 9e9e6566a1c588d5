-- Which runs used A but never B?
-- order: none
-- rows: 150
-- == parameters
select max(trace_start_ts_ms) - 4 * 86400000 as "from", unnest(['read', 'deep_research']) as a, unnest(['write', 'exec']) as b
from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select trace_id as trace
from pg_traces t
where tenant_id = $tenant and trace_start_ts_ms >= $from
  and exists (from pg_spans s where s.tenant_id = t.tenant_id and s.trace_id = t.trace_id and s.actor_label = $a)
  and not exists (from pg_spans s where s.tenant_id = t.tenant_id and s.trace_id = t.trace_id and s.actor_label = $b)
