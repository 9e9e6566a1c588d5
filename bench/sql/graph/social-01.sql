-- People whom a person does not know but many friends do.
-- form: both directions first
with friends as (select person_id as a, friend_id as b from read_parquet({knows}) union all select friend_id, person_id from read_parquet({knows})),
mine as materialized (select b from friends where a = {key})
select f.b, count(distinct f.a) as common from friends f join mine m on f.a = m.b
where f.b <> {key} and f.b not in (select b from mine) group by 1 order by common desc, 1 limit 20
-- form: each direction by itself
with mine as materialized (
    select friend_id as b from read_parquet({knows}) where person_id = {key}
    union all select person_id from read_parquet({knows}) where friend_id = {key}),
next as (
    select k.friend_id as b, k.person_id as via from read_parquet({knows}) k join mine m on m.b = k.person_id
    union all select k.person_id, k.friend_id from read_parquet({knows}) k join mine m on m.b = k.friend_id)
select b, count(distinct via) as common from next n where b <> {key} and not exists (select 1 from mine m where m.b = n.b)
group by 1 order by common desc, 1 limit 20
