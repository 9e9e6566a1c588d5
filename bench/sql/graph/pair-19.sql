-- Failed spans of each agent's runs; which agent is known of the trace.
-- form: flat
select agent_id, count(*) from read_parquet({files}) where has_error = 1 group by 1
-- form: joined
select t.agent_id, count(*) from read_parquet({traces}) t join read_parquet({files}) s on s.trace_id = t.trace_id where s.has_error = 1 group by 1
