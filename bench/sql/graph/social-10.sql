-- Replies between people who know each other, by the place of who replies.
-- form: both directions
with friends as materialized (
    select person_id as a, friend_id as b from read_parquet({knows}) union all select friend_id, person_id from read_parquet({knows}))
select pl.country, count(*), sum(r.length) from read_parquet({message}) r
join read_parquet({message}) m on m.message_id = r.reply_of
join read_parquet({person}) p on p.person_id = r.creator_id join read_parquet({place}) pl on pl.place_id = p.place_id
where exists (select 1 from friends f where f.a = r.creator_id and f.b = m.creator_id) group by 1
-- form: smaller id first
select pl.country, count(*), sum(r.length) from read_parquet({message}) r
join read_parquet({message}) m on m.message_id = r.reply_of
join read_parquet({knows}) k on k.person_id = least(r.creator_id, m.creator_id) and k.friend_id = greatest(r.creator_id, m.creator_id)
join read_parquet({person}) p on p.person_id = r.creator_id join read_parquet({place}) pl on pl.place_id = p.place_id group by 1
