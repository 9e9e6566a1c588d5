-- In which traces do child spans lie outside the time of their parent (clock skew, asynchronous children)?
-- order: n
-- rows: 50
-- == parameters
select max(trace_start_ts_ms) - 6 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select c.trace_id as trace, count(*) as n
from pg_spans c
join pg_spans p on p.tenant_id = c.tenant_id and p.trace_id = c.trace_id and p.span_id = c.parent_span_id
where c.tenant_id = $tenant and c.span_start_ts_ms >= $from
  and (c.span_start_ts_ms < p.span_start_ts_ms or c.span_end_ts_ms > p.span_end_ts_ms)
group by c.trace_id
order by n desc
