-- What is talked about where.
-- form: join, then group
select pl.country, t.class, count(*) from read_parquet({message}) m
join read_parquet({person}) p on p.person_id = m.creator_id join read_parquet({place}) pl on pl.place_id = p.place_id
join read_parquet({message_tag}) h on h.message_id = m.message_id join read_parquet({tag}) t on t.tag_id = h.tag_id group by 1, 2
-- form: group by place and tag, then join
select country, class, sum(n) from (
    select p.place_id, h.tag_id, count(*) as n from read_parquet({message}) m
    join read_parquet({person}) p on p.person_id = m.creator_id
    join read_parquet({message_tag}) h on h.message_id = m.message_id group by 1, 2)
join read_parquet({place}) using (place_id) join read_parquet({tag}) using (tag_id) group by 1, 2
