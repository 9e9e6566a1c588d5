-- Which spans name a parent that is not in the data?
-- order: none
-- rows: 200
-- == parameters
select max(trace_start_ts_ms) - 8 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
with spans as (select *, nullif(nullif(parent_span_id, ''), '0000000000000000') as parent from pg_spans where tenant_id = $tenant)
select trace_id as trace, span_id as span, parent as missing_parent
from spans s
where parent is not null and span_start_ts_ms >= $from
  and not exists (from spans p where p.trace_id = s.trace_id and p.span_id = s.parent)
