-- Tags that grew or shrank most from one month to the next.
-- form: join, then group
select name, before, after, abs(after - before) as change from (
    select t.name, count(*) filter (m.created_ms < 1328054400000) as before,
        count(*) filter (m.created_ms >= 1328054400000) as after
    from read_parquet({message}) m join read_parquet({message_tag}) h on h.message_id = m.message_id
    join read_parquet({tag}) t on t.tag_id = h.tag_id
    where m.created_ms >= 1325376000000 and m.created_ms < 1330560000000 group by 1)
order by change desc, 1 limit 100
-- form: group by tag id, then join
select name, before, after, abs(after - before) as change from (
    select h.tag_id, count(*) filter (m.created_ms < 1328054400000) as before,
        count(*) filter (m.created_ms >= 1328054400000) as after
    from read_parquet({message}) m join read_parquet({message_tag}) h on h.message_id = m.message_id
    where m.created_ms >= 1325376000000 and m.created_ms < 1330560000000 group by 1)
join read_parquet({tag}) using (tag_id) order by change desc, 1 limit 100
