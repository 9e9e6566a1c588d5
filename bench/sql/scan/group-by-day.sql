-- Tokens and calls by day: an expression as key.
-- form: division
select span_start_ts_ms // 86400000, coalesce(sum(total_tokens), 0), count(*) from read_parquet({files}) group by 1
-- form: date
select epoch_ms(epoch_ms(span_start_ts_ms)::date::timestamp) // 86400000, coalesce(sum(total_tokens), 0), count(*)
from read_parquet({files}) group by 1
