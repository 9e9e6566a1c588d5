-- Spans of one day by kind.
-- form: flat
select actor_type, count(*), coalesce(sum(total_tokens), 0) from read_parquet({files}) where span_start_ts_ms >= 1762905600000 AND span_start_ts_ms < 1762992000000 group by 1
