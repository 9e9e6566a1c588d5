-- In which runs was tool A used anywhere below sub-agent B?
-- order: none
-- rows: 100
-- == parameters
-- A tool and a sub-agent that many runs use, and a pair that few use.
select max(trace_start_ts_ms) - 7 * 86400000 as "from", unnest(['read', 'exec', 'grep']) as a,
       unnest(['researcher', 'coder', 'planner']) as b
from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
with recursive spans as (
  select trace_id, span_id, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent, actor_type, actor_label, span_start_ts_ms
  from pg_spans where tenant_id = $tenant),
below as (
  select c.trace_id, c.span_id, c.actor_label
  from spans b join spans c on c.trace_id = b.trace_id and c.parent = b.span_id
  where b.actor_type = 'subagent' and b.actor_label = $b and b.span_start_ts_ms >= $from
  union
  select c.trace_id, c.span_id, c.actor_label
  from below d join spans c on c.trace_id = d.trace_id and c.parent = d.span_id)
select distinct trace_id as trace from below where actor_label = $a
