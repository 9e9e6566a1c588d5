-- Spans and tokens of one day's traces by agent and kind.
-- form: join
select t.agent_id, s.actor_type, count(*), coalesce(sum(s.total_tokens), 0) from read_parquet({files}) s
join read_parquet({traces}) t on t.trace_id = s.trace_id
where s.span_start_ts_ms >= 1762905600000 and s.span_start_ts_ms < 1762992000000
and t.trace_start_ts_ms >= 1762905600000 and t.trace_start_ts_ms < 1762992000000 group by 1, 2
-- form: spans first
with spans as (
    select trace_id, actor_type, count(*) as spans, coalesce(sum(total_tokens), 0) as tokens from read_parquet({files})
    where span_start_ts_ms >= 1762905600000 and span_start_ts_ms < 1762992000000 group by 1, 2)
select t.agent_id, s.actor_type, sum(spans), sum(tokens) from spans s join read_parquet({traces}) t using (trace_id)
where t.trace_start_ts_ms >= 1762905600000 and t.trace_start_ts_ms < 1762992000000 group by 1, 2
