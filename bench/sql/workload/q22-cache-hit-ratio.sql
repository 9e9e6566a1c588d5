-- What share of the input tokens came from the prompt cache, per model?
-- order: input_all
-- rows: 10
-- == parameters
select max(trace_start_ts_ms) - 3 * 86400000 as "from" from pg_traces where tenant_id = $tenant having count(*) > 0
-- == answer
with calls as (
  select actor_label, input_tokens, try_cast(output_payload ->> '$.usage.cacheRead' as bigint) as cache_read,
         try_cast(output_payload ->> '$.usage.cacheWrite' as bigint) as cache_write
  from pg_spans where tenant_id = $tenant and actor_type = 'llm_call' and span_start_ts_ms >= $from),
sums as (
  select actor_label, coalesce(sum(cache_read), 0) as cached,
         coalesce(sum(input_tokens + coalesce(cache_read, 0) + coalesce(cache_write, 0)), 0) as input_all
  from calls group by actor_label)
select actor_label as model, cached, input_all, cached::double / input_all as hit
from sums
order by input_all desc
