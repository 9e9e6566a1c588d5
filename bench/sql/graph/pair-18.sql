-- Agents that were active on one day.
-- form: flat
select distinct agent_id from read_parquet({traces}) where trace_start_ts_ms >= 1762905600000 AND trace_start_ts_ms < 1762992000000
