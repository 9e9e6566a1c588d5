-- Who called what, how often, how long and with how many errors in this run?
-- order: none
-- rows: 100
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
with spans as (
  select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans
  where trace_id = $trace and tenant_id = $tenant)
select p.actor_type as from_type, p.actor_label as from_label, c.actor_type as to_type, c.actor_label as to_label,
       count(*) as calls, coalesce(sum(c.duration_ms), 0) as ms, sum(c.has_error) as errors
from spans c join spans p on p.span_id = c.parent
group by p.actor_type, p.actor_label, c.actor_type, c.actor_label
