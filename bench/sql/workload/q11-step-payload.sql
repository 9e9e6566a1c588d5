-- What went into this step and what came out (payload on demand)?
-- order: none
-- rows: 5
-- == parameters
-- One step of each kind, and one that never ended.
select any_value(trace_id order by span_id) as trace, min(span_id) as span
from pg_spans where tenant_id = $tenant group by actor_type, span_end_ts_ms is null
-- == answer
select input_payload as input, output_payload as output
from pg_spans where span_id = $span and trace_id = $trace and tenant_id = $tenant
