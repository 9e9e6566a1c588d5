-- Which traces have no root span or more than one?
-- order: none
-- rows: 10
-- == parameters
select max(trace_start_ts_ms) - 8 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select t.trace_id as trace, count(*) filter (where nullif(nullif(parent_span_id, ''), '0000000000000000') is null) as roots
from pg_traces t join pg_spans s on s.tenant_id = t.tenant_id and s.trace_id = t.trace_id
where t.tenant_id = $tenant and t.trace_start_ts_ms >= $from
group by t.trace_id
having roots <> 1
