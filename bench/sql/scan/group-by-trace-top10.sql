-- The ten traces with most tokens: as many groups as traces.
-- form: top
select trace_id, coalesce(sum(total_tokens), 0) as tokens from read_parquet({files}) group by 1 order by tokens desc, trace_id limit 10
-- form: rows with tokens only
select trace_id, sum(total_tokens) as tokens from read_parquet({files}) where total_tokens is not null
group by 1 order by tokens desc, trace_id limit 10
