-- One tenant's tokens and calls by agent; the table is sorted by tenant in each day.
-- form: prepared
select agent_id, coalesce(sum(total_tokens), 0), count(*) from read_parquet({files}) where tenant_id = ? group by 1
-- form: literal
select agent_id, coalesce(sum(total_tokens), 0), count(*) from read_parquet({files}) where tenant_id = '{key}' group by 1
