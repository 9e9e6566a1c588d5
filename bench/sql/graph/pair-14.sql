-- Runs of each agent.
-- form: flat
select agent_id, count(*) from read_parquet({traces}) group by 1
