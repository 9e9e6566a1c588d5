-- The newest messages of somebody's friends.
-- form: join
with mine as materialized (
    select friend_id as b from read_parquet({knows}) where person_id = {key}
    union all select person_id from read_parquet({knows}) where friend_id = {key})
select m.creator_id, m.message_id, m.created_ms from read_parquet({message}) m join mine on mine.b = m.creator_id
order by 3 desc, 2 limit 20
-- form: semi-join
select creator_id, message_id, created_ms from read_parquet({message}) where creator_id in (
    select friend_id from read_parquet({knows}) where person_id = {key}
    union all select person_id from read_parquet({knows}) where friend_id = {key})
order by 3 desc, 2 limit 20
