-- Spans and tokens of one day by agent and kind.
-- form: flat
select agent_id, actor_type, count(*), coalesce(sum(total_tokens), 0) from read_parquet({files})
where span_start_ts_ms >= 1762905600000 and span_start_ts_ms < 1762992000000 group by 1, 2
-- form: joined with the traces
select t.agent_id, s.actor_type, count(*), coalesce(sum(s.total_tokens), 0) from read_parquet({files}) s
join read_parquet({traces}) t on t.trace_id = s.trace_id
where s.span_start_ts_ms >= 1762905600000 and s.span_start_ts_ms < 1762992000000 group by 1, 2
