-- Who replies to whom, by country; a person lives in one place, and a pattern takes that relationship once.
-- form: join
select f.country, t.country, count(*), sum(r.length) from read_parquet({message}) r
join read_parquet({message}) m on m.message_id = r.reply_of
join read_parquet({person}) a on a.person_id = r.creator_id join read_parquet({place}) f on f.place_id = a.place_id
join read_parquet({person}) b on b.person_id = m.creator_id join read_parquet({place}) t on t.place_id = b.place_id
where r.creator_id <> m.creator_id group by 1, 2
-- form: countries of people first
with home as materialized (
    select person_id, country from read_parquet({person}) join read_parquet({place}) using (place_id))
select f.country, t.country, count(*), sum(r.length) from read_parquet({message}) r
join read_parquet({message}) m on m.message_id = r.reply_of
join home f on f.person_id = r.creator_id join home t on t.person_id = m.creator_id
where r.creator_id <> m.creator_id group by 1, 2
