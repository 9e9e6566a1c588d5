-- Tool calls that have a subagent among their ancestors, by label.
-- memory: select trace_id, span_id, parent_span_id, actor_label, actor_type from read_parquet({files})
-- form: recursive, down by span
with recursive below as (
    select span_id, '' as actor_label, '' as actor_type from read_parquet({files}) where actor_type = 'subagent'
    union
    select c.span_id, c.actor_label, c.actor_type from below b join read_parquet({files}) c on c.parent_span_id = b.span_id)
select actor_label, count(distinct span_id) from below where actor_type = 'tool_call' group by 1
-- form: recursive, down by trace and span
with recursive below as (
    select trace_id, span_id, '' as actor_label, '' as actor_type from read_parquet({files}) where actor_type = 'subagent'
    union
    select c.trace_id, c.span_id, c.actor_label, c.actor_type from below b
    join read_parquet({files}) c on c.trace_id = b.trace_id and c.parent_span_id = b.span_id)
select actor_label, count(distinct span_id) from below where actor_type = 'tool_call' group by 1
-- form: recursive, down over a table of edges that is made once, by numbers
with recursive spans as materialized (
    select cast(span_id as uuid) as id, cast(parent_span_id as uuid) as parent, actor_type, actor_label from read_parquet({files})),
below as (
    select id, '' as actor_label, '' as actor_type from spans where actor_type = 'subagent'
    union
    select c.id, c.actor_label, c.actor_type from below b join spans c on c.parent = b.id)
select actor_label, count(distinct id) from below where actor_type = 'tool_call' group by 1
-- form: recursive, down from the roots with a flag
with recursive spans as materialized (
    select cast(span_id as uuid) as id, cast(parent_span_id as uuid) as parent, actor_type, actor_label from read_parquet({files})),
down as (
    select id, actor_type, actor_label, false as under, actor_type = 'subagent' as is_agent from spans s
    where parent is null or not exists (select 1 from spans p where p.id = s.parent)
    union all
    select c.id, c.actor_type, c.actor_label, d.under or d.is_agent, c.actor_type = 'subagent'
    from down d join spans c on c.parent = d.id)
select actor_label, count(*) from down where actor_type = 'tool_call' and under group by 1
