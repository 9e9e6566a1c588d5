-- Tokens of the first traces by kind of span.
-- form: flat
select actor_type, count(*), sum(input_tokens), sum(output_tokens) from read_parquet({files}) where trace_id < '01' group by 1
