-- Tokens and calls by label over the whole table.
-- memory: select actor_label, input_tokens from read_parquet({files})
-- form: text
select actor_label, coalesce(sum(input_tokens), 0), count(*) from read_parquet({files}) group by 1
