-- Which chains of sub-agents did this run spawn, deepest first?
-- order: depth
-- rows: 20
-- == parameters
-- Traces with most sub-agents.
select trace_id as trace from pg_spans where tenant_id = $tenant and actor_type = 'subagent'
group by trace_id order by count(*) desc, trace_id limit 3
-- == answer
with recursive spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant),
tree as (
  select span_id, actor_type, 0 as depth, []::varchar[] as edges,
         case when actor_type in ('session', 'subagent') then [actor_label] else [] end as chain
  from spans where parent is null
  union all
  select c.span_id, c.actor_type, t.depth + 1, list_append(t.edges, c.span_id),
         case when c.actor_type in ('session', 'subagent') then list_append(t.chain, c.actor_label) else t.chain end
  from tree t join spans c on c.parent = t.span_id
  where not list_contains(t.edges, c.span_id))
select chain, depth
from tree where actor_type = 'subagent' and depth > 0
order by depth desc
