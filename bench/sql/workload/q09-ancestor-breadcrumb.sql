-- What is the path of labels from this span up to the root of its trace?
-- order: none
-- rows: 4
-- == parameters
-- The deepest spans of this tenant, and a root.
with recursive spans as (
  select trace_id, span_id, nullif(parent_span_id, '') as parent from pg_spans where tenant_id = $tenant),
tree as (
  select trace_id, span_id, 0 as depth from spans where parent is null
  union all
  select t.trace_id, c.span_id, t.depth + 1
  from tree t join spans c on c.trace_id = t.trace_id and c.parent = t.span_id)
(select trace_id as trace, span_id as span from tree order by depth desc, span_id limit 3)
union all (select trace_id, span_id from tree where depth = 0 order by span_id limit 1)
-- == answer
with recursive spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant),
up as (
  select span_id, parent, [actor_label] as path, []::varchar[] as edges from spans where span_id = $span
  union all
  select p.span_id, p.parent, list_append(u.path, p.actor_label), list_append(u.edges, u.span_id)
  from up u join spans p on p.span_id = u.parent
  where not list_contains(u.edges, u.span_id))
select path from up where parent is null
