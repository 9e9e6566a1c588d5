-- Show the span tree of one trace with the depth of every span below the root.
-- order: order_start
-- rows: 1000
-- == parameters
-- A large trace, one with sub-agents, and one of each kind of damage that a tree can have.
with shapes as (
  select trace_id, count(*) as spans, count(distinct span_id) as ids, count(*) filter (where parent is null) as roots,
         count(*) filter (where actor_type = 'subagent') as subagents
  from (select *, nullif(parent_span_id, '') as parent from pg_spans where tenant_id = $tenant) group by trace_id)
(select trace_id as trace from shapes order by spans desc, trace_id limit 1)
union (select trace_id from shapes where spans < 200 order by subagents desc, trace_id limit 1)
union (select trace_id from shapes where spans > ids order by spans - ids desc, trace_id limit 1)
union (select trace_id from shapes where roots = 2 order by spans desc, trace_id limit 1)
-- == answer
with recursive spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant),
tree as (
  select span_id, actor_label, span_start_ts_ms, 0 as depth, []::varchar[] as edges from spans where parent is null
  union all
  select c.span_id, c.actor_label, c.span_start_ts_ms, t.depth + 1, list_append(t.edges, c.span_id)
  from tree t join spans c on c.parent = t.span_id
  where t.depth < 64 and not list_contains(t.edges, c.span_id))
select span_id as id, depth, actor_label as label, span_start_ts_ms as order_start
from tree
order by order_start
