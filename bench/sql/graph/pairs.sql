-- Calls by the labels of child and parent.
-- memory: select tenant_id, trace_id, span_id, parent_span_id, actor_label from read_parquet({files})
-- form: join by span
select c.actor_label, p.actor_label, count(*) from read_parquet({files}) c
join read_parquet({files}) p on c.parent_span_id = p.span_id group by 1, 2
-- form: join by trace and span
select c.actor_label, p.actor_label, count(*) from read_parquet({files}) c
join read_parquet({files}) p on c.parent_span_id = p.span_id and c.trace_id = p.trace_id group by 1, 2
-- form: join by span as a number
select c.actor_label, p.actor_label, count(*)
from (select cast(parent_span_id as uuid) as id, actor_label from read_parquet({files}) where parent_span_id is not null) c
join (select cast(span_id as uuid) as id, actor_label from read_parquet({files})) p on c.id = p.id group by 1, 2
-- form: window
select actor_label, parent, count(*) from (
    select is_child, actor_label, max(case when not is_child then actor_label end) over (partition by id) as parent
    from (
        select true as is_child, parent_span_id as id, actor_label from read_parquet({files}) where parent_span_id is not null
        union all
        select false, span_id, actor_label from read_parquet({files})))
where is_child and parent is not null group by 1, 2
