-- The newest 550 traces of an agent with their spans and the first 600 characters of their outputs.
-- form: join
with newest as materialized (
    select trace_id, trace_start_ts_ms from read_parquet({traces}) where agent_id = ?
    order by trace_start_ts_ms desc, trace_id limit 550)
select n.trace_id, n.trace_start_ts_ms, count(s.span_id), coalesce(sum(s.total_tokens), 0), coalesce(sum(s.duration_ms), 0),
    max(s.has_error), coalesce(list(left(s.output_payload, 600)) filter (s.output_payload is not null), [])
from newest n left join read_parquet({files}) s on s.trace_id = n.trace_id group by 1, 2
-- form: join, and the agent on both sides
with newest as materialized (
    select trace_id, trace_start_ts_ms from read_parquet({traces}) where agent_id = '{key}'
    order by trace_start_ts_ms desc, trace_id limit 550)
select n.trace_id, n.trace_start_ts_ms, count(s.span_id), coalesce(sum(s.total_tokens), 0), coalesce(sum(s.duration_ms), 0),
    max(s.has_error), coalesce(list(left(s.output_payload, 600)) filter (s.output_payload is not null), [])
from newest n left join (select * from read_parquet({files}) where agent_id = '{key}') s on s.trace_id = n.trace_id group by 1, 2
-- form: spans of the page first
with newest as materialized (
    select trace_id, trace_start_ts_ms from read_parquet({traces}) where agent_id = '{key}'
    order by trace_start_ts_ms desc, trace_id limit 550),
page as (
    select trace_id, count(*) as spans, sum(total_tokens) as tokens, sum(duration_ms) as busy, max(has_error) as failed, list(left(output_payload, 600)) filter (output_payload is not null) as outputs
    from read_parquet({files}) where agent_id = '{key}' and trace_id in (select trace_id from newest) group by 1)
select n.trace_id, n.trace_start_ts_ms, coalesce(spans, 0), coalesce(tokens, 0), coalesce(busy, 0), failed, coalesce(outputs, [])
from newest n left join page p on p.trace_id = n.trace_id
-- form: spans of the page first, from its oldest trace on
with newest as materialized (
    select trace_id, trace_start_ts_ms from read_parquet({traces}) where agent_id = '{key}'
    order by trace_start_ts_ms desc, trace_id limit 550),
page as (
    select trace_id, count(*) as spans, sum(total_tokens) as tokens, sum(duration_ms) as busy, max(has_error) as failed, list(left(output_payload, 600)) filter (output_payload is not null) as outputs
    from read_parquet({files}) where agent_id = '{key}'
    and span_start_ts_ms >= (select min(trace_start_ts_ms) from newest) and trace_id in (select trace_id from newest) group by 1)
select n.trace_id, n.trace_start_ts_ms, coalesce(spans, 0), coalesce(tokens, 0), coalesce(busy, 0), failed, coalesce(outputs, [])
from newest n left join page p on p.trace_id = n.trace_id
