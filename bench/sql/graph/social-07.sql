-- Circles of three friends, by the country of one.
-- form: join
select pl.country, count(*) from read_parquet({place}) pl join read_parquet({person}) p on p.place_id = pl.place_id
join read_parquet({knows}) ab on ab.person_id = p.person_id join read_parquet({knows}) bc on bc.person_id = ab.friend_id
join read_parquet({knows}) ac on ac.person_id = ab.person_id and ac.friend_id = bc.friend_id
where pl.country in ('country-07', 'country-21', 'country-33') group by 1
-- form: first friends once
with first as materialized (
    select pl.country, k.person_id, k.friend_id from read_parquet({place}) pl
    join read_parquet({person}) p on p.place_id = pl.place_id join read_parquet({knows}) k on k.person_id = p.person_id
    where pl.country in ('country-07', 'country-21', 'country-33'))
select ab.country, count(*) from first ab join read_parquet({knows}) bc on bc.person_id = ab.friend_id
join first ac on ac.person_id = ab.person_id and ac.friend_id = bc.friend_id group by 1
