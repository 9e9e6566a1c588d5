-- Show all spans of one trace as a flat list in time order, without payloads.
-- order: st
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
select 'Span[' || span_id || ']' as id, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent, actor_type as type,
       actor_label as label, span_start_ts_ms as st, duration_ms as dur, input_tokens as tin, output_tokens as tout,
       has_error as err
from pg_spans
where trace_id = $trace and tenant_id = $tenant
order by st
