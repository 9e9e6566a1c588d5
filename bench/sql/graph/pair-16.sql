-- The ten agents with most tokens.
-- form: flat
select agent_id, sum(total_tokens) from read_parquet({traces}) group by 1 order by 2 desc, 1 limit 10
