-- Spans and failures by tenant.
-- form: flat
select tenant_id, count(*), sum(has_error) from read_parquet({files}) group by 1
