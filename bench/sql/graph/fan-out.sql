-- How many spans have how many children.
-- memory: select trace_id, span_id, parent_span_id from read_parquet({files})
-- form: join first
select children, count(*) from (
    select s.span_id, count(c.span_id) as children from read_parquet({files}) s
    left join read_parquet({files}) c on c.parent_span_id = s.span_id group by 1) group by 1
-- form: group first
select coalesce(children, 0), count(*) from read_parquet({files}) s
left join (select parent_span_id, count(*) as children from read_parquet({files})
    where parent_span_id is not null group by 1) c on c.parent_span_id = s.span_id group by 1
-- form: group first, by trace and span
select coalesce(children, 0), count(*) from read_parquet({files}) s
left join (select trace_id, parent_span_id, count(*) as children from read_parquet({files})
    where parent_span_id is not null group by 1, 2) c on c.trace_id = s.trace_id and c.parent_span_id = s.span_id group by 1
-- form: group first, by numbers
select coalesce(children, 0), count(*) from (select cast(span_id as uuid) as id from read_parquet({files})) s
left join (select cast(parent_span_id as uuid) as id, count(*) as children from read_parquet({files})
    where parent_span_id is not null group by 1) c on c.id = s.id group by 1
-- form: one grouping, no join
select children, sum(own) from (
    select id, sum(own) as own, sum(child) as children from (
        select span_id as id, 1 as own, 0 as child from read_parquet({files})
        union all
        select parent_span_id, 0, 1 from read_parquet({files}) where parent_span_id is not null) group by 1)
where own > 0 group by 1
