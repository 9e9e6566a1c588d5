-- Where did one parent call the same tool five times or more (retry loop, N+1)?
-- order: n
-- rows: 50
-- == parameters
select max(trace_start_ts_ms) - 7 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select p.trace_id as trace, p.span_id as parent, c.actor_label as tool, count(*) as n, sum(c.has_error) as errs,
       coalesce(sum(c.duration_ms), 0) as ms
from pg_spans c
join pg_spans p on p.tenant_id = c.tenant_id and p.trace_id = c.trace_id and p.span_id = c.parent_span_id
where c.tenant_id = $tenant and c.actor_type = 'tool_call' and c.span_start_ts_ms >= $from
group by p.trace_id, p.span_id, c.actor_label
having count(*) >= 5
order by n desc
