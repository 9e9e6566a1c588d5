-- Tags of replies to messages about a tag, where the reply is about something else.
-- form: not exists
select o.name, count(distinct r.message_id) as replies
from read_parquet({tag}) t join read_parquet({message_tag}) h on h.tag_id = t.tag_id
join read_parquet({message}) r on r.reply_of = h.message_id
join read_parquet({message_tag}) rh on rh.message_id = r.message_id join read_parquet({tag}) o on o.tag_id = rh.tag_id
where t.name = 'tag-0003'
and not exists (select 1 from read_parquet({message_tag}) x where x.message_id = r.message_id and x.tag_id = t.tag_id)
group by 1 order by replies desc, 1 limit 50
-- form: messages of the tag first
with about as materialized (
    select message_id from read_parquet({message_tag}) where tag_id in (
        select tag_id from read_parquet({tag}) where name = 'tag-0003')),
answers as materialized (
    select message_id from read_parquet({message}) where reply_of in (select message_id from about)
    and message_id not in (select message_id from about))
select name, count(*) as replies from read_parquet({message_tag}) join read_parquet({tag}) using (tag_id)
where message_id in (select message_id from answers) group by 1 order by replies desc, 1 limit 50
