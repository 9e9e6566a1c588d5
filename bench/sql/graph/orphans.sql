-- Spans whose parent has no row, by label.
-- memory: select trace_id, span_id, parent_span_id, actor_label from read_parquet({files})
-- form: not exists
select actor_label, count(*) from read_parquet({files}) s where parent_span_id is not null
and not exists (select 1 from read_parquet({files}) p where p.span_id = s.parent_span_id) group by 1
-- form: not exists, by trace and span
select actor_label, count(*) from read_parquet({files}) s where parent_span_id is not null
and not exists (select 1 from read_parquet({files}) p where p.trace_id = s.trace_id and p.span_id = s.parent_span_id) group by 1
-- form: not exists, by numbers
select actor_label, count(*) from (
    select cast(parent_span_id as uuid) as id, actor_label from read_parquet({files}) where parent_span_id is not null) s
where not exists (select 1 from (select cast(span_id as uuid) as id from read_parquet({files})) p where p.id = s.id) group by 1
-- form: left join
select s.actor_label, count(*) from read_parquet({files}) s
left join read_parquet({files}) p on p.span_id = s.parent_span_id
where s.parent_span_id is not null and p.span_id is null group by 1
