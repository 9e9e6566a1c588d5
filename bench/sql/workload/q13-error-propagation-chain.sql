-- How far up did the error of this span travel: longest chain of failing ancestors?
-- order: order_length
-- rows: 3
-- == parameters
-- Failed spans with a failed parent and a failed grandparent.
select a.trace_id as trace, a.span_id as span
from pg_spans a
join pg_spans b on b.tenant_id = a.tenant_id and b.trace_id = a.trace_id and b.span_id = a.parent_span_id
join pg_spans c on c.tenant_id = b.tenant_id and c.trace_id = b.trace_id and c.span_id = b.parent_span_id
where a.tenant_id = $tenant and a.has_error = 1 and b.has_error = 1 and c.has_error = 1
order by a.actor_type = 'tool_call' desc, a.span_id limit 3
-- == answer
with recursive spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant),
up as (
  select span_id, parent, [actor_label] as chain, []::varchar[] as edges
  from spans where span_id = $span and has_error = 1
  union all
  select p.span_id, p.parent, list_append(u.chain, p.actor_label), list_append(u.edges, u.span_id)
  from up u join spans p on p.span_id = u.parent
  where p.has_error = 1 and not list_contains(u.edges, u.span_id))
select chain, len(edges) as order_length
from up where len(edges) > 0
order by order_length desc
