-- Traces with more than twenty calls of a tool.
-- form: flat
select trace_id, count(*) from read_parquet({files}) where actor_type = 'tool_call' group by 1 having count(*) > 20
