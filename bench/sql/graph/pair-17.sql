-- The last run of each agent.
-- form: flat
select agent_id, max(trace_start_ts_ms) from read_parquet({traces}) group by 1
