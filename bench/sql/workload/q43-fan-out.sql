-- Which spans have more than ten children?
-- order: kids
-- rows: 50
-- == parameters
select max(trace_start_ts_ms) - 6 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select p.trace_id as trace, p.span_id as span, p.actor_label as label, count(*) as kids
from pg_spans c
join pg_spans p on p.tenant_id = c.tenant_id and p.trace_id = c.trace_id and p.span_id = c.parent_span_id
where p.tenant_id = $tenant and p.span_start_ts_ms >= $from
group by p.trace_id, p.span_id, p.actor_label
having count(*) > 10
order by kids desc
