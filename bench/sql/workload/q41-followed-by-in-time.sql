-- In which runs was step A followed by step B, and with what shortest lag?
-- order: lag
-- rows: 200
-- == parameters
select max(trace_start_ts_ms) - 4 * 86400000 as "from", unnest(['read', 'write']) as a, unnest(['edit', 'exec']) as b
from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
select t.trace_id as trace, min(b.span_start_ts_ms - a.span_end_ts_ms) as lag
from pg_traces t
join pg_spans a on a.tenant_id = t.tenant_id and a.trace_id = t.trace_id
join pg_spans b on b.tenant_id = t.tenant_id and b.trace_id = t.trace_id
where t.tenant_id = $tenant and t.trace_start_ts_ms >= $from and a.span_id <> b.span_id
  and a.actor_label = $a and b.actor_label = $b and b.span_start_ts_ms >= a.span_end_ts_ms
group by t.trace_id
order by lag
