-- Where did siblings run in parallel, and how many pairs overlap?
-- order: overlapping_pairs
-- rows: 20
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
select p.span_id as parent, count(*) as overlapping_pairs
from spans p join spans a on a.parent = p.span_id join spans b on b.parent = p.span_id
where a.span_id < b.span_id and a.span_start_ts_ms < b.span_end_ts_ms and b.span_start_ts_ms < a.span_end_ts_ms
group by p.span_id
order by overlapping_pairs desc
