-- Where did the failure of this trace begin: failing spans that have no failing child?
-- order: at
-- rows: 4
-- == parameters
-- Traces in which failed spans lie below failed spans, and one in which many failed side by side.
(select c.trace_id as trace
 from pg_spans c join pg_spans p on p.trace_id = c.trace_id and p.tenant_id = c.tenant_id and p.span_id = c.parent_span_id
 where c.tenant_id = $tenant and c.has_error = 1 and p.has_error = 1
 group by c.trace_id order by count(*) desc, c.trace_id limit 3)
union
(select trace_id from pg_spans where tenant_id = $tenant and has_error = 1
 group by trace_id order by count(*) desc, trace_id limit 1)
-- == answer
with spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant)
select span_id as id, actor_type as type, actor_label as label, span_start_ts_ms as "at"
from spans s
-- A child of which nobody knows whether it failed leaves the question open.
where has_error = 1 and not exists (from spans c where c.parent = s.span_id and (c.has_error = 1 or c.has_error is null))
order by "at"
