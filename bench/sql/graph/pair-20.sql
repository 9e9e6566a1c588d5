-- Labels of the spans of failed runs; whether a run failed is known of the trace.
-- form: flat
select s.actor_label, count(*) from read_parquet({traces}) t join read_parquet({files}) s on s.trace_id = t.trace_id where t.has_error = 1 group by 1
