-- Failed spans none of whose children failed, by label.
-- memory: select trace_id, span_id, parent_span_id, actor_label, has_error from read_parquet({files})
-- form: not exists
select actor_label, count(*) from read_parquet({files}) s where has_error = 1
and not exists (select 1 from read_parquet({files}) c where c.parent_span_id = s.span_id and c.has_error = 1) group by 1
-- form: not exists, by trace and span
select actor_label, count(*) from read_parquet({files}) s where has_error = 1
and not exists (select 1 from read_parquet({files}) c
    where c.trace_id = s.trace_id and c.parent_span_id = s.span_id and c.has_error = 1) group by 1
-- form: left join
select s.actor_label, count(*) from read_parquet({files}) s
left join (select distinct parent_span_id from read_parquet({files}) where has_error = 1) c on c.parent_span_id = s.span_id
where s.has_error = 1 and c.parent_span_id is null group by 1
-- form: one pass, grouped by span
select label, count(*) from (
    select id, max(label) as label, max(own) as own, max(child) as child from (
        select unnest([{'id': span_id, 'label': actor_label, 'own': 1, 'child': 0},
            {'id': parent_span_id, 'label': null, 'own': 0, 'child': 1}], recursive := true)
        from read_parquet({files}) where has_error = 1)
    group by 1) where own = 1 and child = 0 group by 1
