-- Does the parent chain of this trace contain a cycle?
-- order: none
-- rows: 2
-- == parameters
-- Traces in which two spans name each other as parent, and a sound one.
(select a.trace_id as trace
 from pg_spans a join pg_spans b on b.tenant_id = a.tenant_id and b.trace_id = a.trace_id
   and b.span_id = a.parent_span_id and a.span_id = b.parent_span_id
 where a.tenant_id = $tenant group by a.trace_id)
union all
(select trace_id from pg_traces where tenant_id = $tenant and event_count between 20 and 40 order by trace_id limit 1)
-- == answer
with recursive spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant),
up as (
  select span_id as start, parent, [span_id] as cycle, [span_id] as edges from spans where parent is not null
  union all
  select u.start, p.parent, list_append(u.cycle, p.span_id), list_append(u.edges, p.span_id)
  from up u join spans p on p.span_id = u.parent
  where p.parent is not null and len(u.edges) < 32 and not list_contains(u.edges, p.span_id))
select list_append(cycle, start) as cycle from up where parent = start
