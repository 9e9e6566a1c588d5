-- Agents of each tenant.
-- form: flat
select tenant_id, count(*) from read_parquet({agents}) group by 1
