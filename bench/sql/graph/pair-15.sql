-- Failed runs of each agent.
-- form: flat
select agent_id, count(*) from read_parquet({traces}) where has_error = 1 group by 1
