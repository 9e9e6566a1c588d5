-- Tokens below each subagent, itself included, by its label.
-- memory: select trace_id, span_id, parent_span_id, actor_label, actor_type, total_tokens from read_parquet({files})
-- form: recursive, down by span
with recursive below as (
    select span_id, actor_label as subagent, total_tokens from read_parquet({files}) where actor_type = 'subagent'
    union all
    select c.span_id, b.subagent, c.total_tokens from below b join read_parquet({files}) c on c.parent_span_id = b.span_id)
select subagent, coalesce(sum(total_tokens), 0), count(*) from below group by 1
-- form: recursive, down by trace and span
with recursive below as (
    select trace_id, span_id, actor_label as subagent, total_tokens from read_parquet({files}) where actor_type = 'subagent'
    union all
    select c.trace_id, c.span_id, b.subagent, c.total_tokens from below b
    join read_parquet({files}) c on c.trace_id = b.trace_id and c.parent_span_id = b.span_id)
select subagent, coalesce(sum(total_tokens), 0), count(*) from below group by 1
-- form: recursive, down over a table of edges that is made once, by numbers
with recursive spans as materialized (
    select cast(span_id as uuid) as id, cast(parent_span_id as uuid) as parent, actor_type, actor_label, total_tokens
    from read_parquet({files})),
below as (
    select id, actor_label as subagent, total_tokens from spans where actor_type = 'subagent'
    union all
    select c.id, b.subagent, c.total_tokens from below b join spans c on c.parent = b.id)
select subagent, coalesce(sum(total_tokens), 0), count(*) from below group by 1
-- form: recursive, up by numbers
with recursive spans as materialized (
    select cast(span_id as uuid) as id, cast(parent_span_id as uuid) as parent, actor_type, actor_label, total_tokens
    from read_parquet({files})),
up as (
    select id, parent, actor_type, actor_label, total_tokens from spans
    union all
    select a.id, a.parent, a.actor_type, a.actor_label, u.total_tokens from up u join spans a on a.id = u.parent)
select actor_label, coalesce(sum(total_tokens), 0), count(*) from up where actor_type = 'subagent' group by 1
