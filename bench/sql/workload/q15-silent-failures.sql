-- Which runs are marked as good although a span inside them failed?
-- order: n
-- any of: failed 5
-- rows: 20
-- == parameters
select max(trace_start_ts_ms) - 7 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select t.trace_id as trace, list(s.actor_label) as failed, count(*) as n
from pg_traces t join pg_spans s on s.tenant_id = t.tenant_id and s.trace_id = t.trace_id
where t.tenant_id = $tenant and t.has_error = 0 and s.has_error = 1 and t.trace_start_ts_ms >= $from
group by t.trace_id
order by n desc
