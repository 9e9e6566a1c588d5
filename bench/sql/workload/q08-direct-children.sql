-- Which spans are the direct children of this span (lazy expand, page by page)?
-- order: order_start
-- rows: 400
-- == parameters
-- The first and the second page of a parent with many children, the end of a short one, and a page behind the last.
with parents as (
  select trace_id, parent_span_id, count(*) as children
  from pg_spans where tenant_id = $tenant and parent_span_id <> '' group by all)
(select trace_id as trace, parent_span_id as span, unnest([0, 200]) as skip
 from parents order by children desc, parent_span_id limit 2)
union all
(select trace_id, parent_span_id, 3 from parents where children between 8 and 20 order by parent_span_id limit 1)
-- == answer
with spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant)
select c.span_id as id, c.actor_type as type, c.actor_label as label, c.duration_ms as dur,
       c.span_start_ts_ms as order_start
from spans c join spans p on p.span_id = c.parent
where p.span_id = $span
order by order_start
