-- The posts of a week with the most replies at any depth.
-- form: recursive
with recursive tree as (
    select message_id as post, message_id, cast(0 as bigint) as length from read_parquet({message})
    where reply_of is null and created_ms >= 1338508800000 and created_ms < 1339113600000
    union all
    select t.post, m.message_id, m.length from tree t join read_parquet({message}) m on m.reply_of = t.message_id)
select post, count(*) as replies, sum(length) from tree where message_id <> post group by 1 order by replies desc, 1 limit 20
-- form: recursive over replies that are read once
with recursive replies as materialized (
    select message_id, reply_of, length from read_parquet({message}) where reply_of is not null and created_ms >= 1338508800000),
tree as (
    select message_id as post, message_id, cast(0 as bigint) as length from read_parquet({message})
    where reply_of is null and created_ms >= 1338508800000 and created_ms < 1339113600000
    union all
    select t.post, m.message_id, m.length from tree t join replies m on m.reply_of = t.message_id)
select post, count(*) as replies, sum(length) from tree where message_id <> post group by 1 order by replies desc, 1 limit 20
