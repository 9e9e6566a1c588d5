-- Who writes most about a tag, and how many answer.
-- form: join
select m.creator_id, count(distinct m.message_id) as messages, count(r.message_id) as replies
from read_parquet({tag}) t join read_parquet({message_tag}) h on h.tag_id = t.tag_id
join read_parquet({message}) m on m.message_id = h.message_id
left join read_parquet({message}) r on r.reply_of = m.message_id
where t.name = 'tag-0042' group by 1 order by replies desc, messages desc, 1 limit 20
-- form: messages of the tag first
with about as materialized (
    select m.message_id, m.creator_id from read_parquet({message}) m where message_id in (
        select message_id from read_parquet({message_tag}) where tag_id in (
            select tag_id from read_parquet({tag}) where name = 'tag-0042'))),
answers as (
    select reply_of, count(*) as n from read_parquet({message}) where reply_of in (select message_id from about) group by 1)
select creator_id, count(*) as messages, coalesce(sum(n), 0) as replies
from about left join answers on reply_of = message_id group by 1 order by replies desc, messages desc, 1 limit 20
