-- How many pairs of an ancestor and a descendant there are.
-- memory: select trace_id, span_id, parent_span_id from read_parquet({files})
-- form: recursive, pairs by span
with recursive up as (
    select parent_span_id as ancestor from read_parquet({files}) c
    where exists (select 1 from read_parquet({files}) p where p.span_id = c.parent_span_id)
    union all
    select a.parent_span_id from up u join read_parquet({files}) a on a.span_id = u.ancestor
    where exists (select 1 from read_parquet({files}) p where p.span_id = a.parent_span_id))
select count(*) from up
-- form: recursive, pairs by trace and span
with recursive up as (
    select c.trace_id, p.parent_span_id as next from read_parquet({files}) c
    join read_parquet({files}) p on p.trace_id = c.trace_id and p.span_id = c.parent_span_id
    union all
    select u.trace_id, p.parent_span_id from up u
    join read_parquet({files}) p on p.trace_id = u.trace_id and p.span_id = u.next)
select count(*) from up
-- form: recursive, pairs by numbers
with recursive spans as materialized (
    select cast(span_id as uuid) as id, cast(parent_span_id as uuid) as parent from read_parquet({files})),
up as (
    select p.parent as next from spans c join spans p on p.id = c.parent
    union all
    select p.parent from up u join spans p on p.id = u.next)
select count(*) from up
-- form: recursive, depths from the roots
with recursive spans as materialized (
    select cast(span_id as uuid) as id, cast(parent_span_id as uuid) as parent from read_parquet({files})),
down as (
    select id, 0 as depth from spans s where parent is null or not exists (select 1 from spans p where p.id = s.parent)
    union all
    select c.id, d.depth + 1 from down d join spans c on c.parent = d.id)
select sum(depth) from down
