-- Which failed tool calls were repaired later by the same tool under the same parent, and after how long?
-- order: none
-- rows: 500
-- == parameters
-- Traces with most tools that were called again under the same parent after they had failed.
select a.trace_id as trace
from pg_spans a join pg_spans b on b.tenant_id = a.tenant_id and b.trace_id = a.trace_id and b.parent_span_id = a.parent_span_id
where a.tenant_id = $tenant and a.has_error = 1 and b.has_error = 0 and b.actor_label = a.actor_label
  and b.span_start_ts_ms > a.span_end_ts_ms
group by a.trace_id order by count(*) desc, a.trace_id limit 3
-- == answer
with spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant)
select a.span_id as failed, b.span_id as ok, b.span_start_ts_ms - a.span_end_ts_ms as wait_ms
from spans a join spans p on p.span_id = a.parent join spans b on b.parent = p.span_id
where a.span_id <> b.span_id and a.has_error = 1 and b.has_error = 0 and b.actor_label = a.actor_label
  and b.span_start_ts_ms >= a.span_end_ts_ms
