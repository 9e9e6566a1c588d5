-- Tokens of the first traces by kind of span.
-- form: flat
select actor_type, count(*), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0) from read_parquet({files}) where trace_id < '01' group by 1
