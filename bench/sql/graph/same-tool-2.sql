-- How often a parent called a tool 2 times or more.
-- memory: select trace_id, span_id, parent_span_id, actor_label, actor_type from read_parquet({files})
-- form: join first
select tool, count(*) from (
    select p.span_id, c.actor_label as tool, count(*) as calls from read_parquet({files}) c
    join read_parquet({files}) p on c.parent_span_id = p.span_id
    where c.actor_type = 'tool_call' group by 1, 2 having count(*) >= 2) group by 1
-- form: group first, then semi-join
select tool, count(*) from (
    select parent_span_id, actor_label as tool, count(*) as calls from read_parquet({files})
    where actor_type = 'tool_call' and parent_span_id is not null group by 1, 2 having count(*) >= 2)
where parent_span_id in (select span_id from read_parquet({files})) group by 1
-- form: group by trace and parent, then semi-join
select tool, count(*) from (
    select trace_id, parent_span_id, actor_label as tool, count(*) as calls from read_parquet({files})
    where actor_type = 'tool_call' and parent_span_id is not null group by 1, 2, 3 having count(*) >= 2) c
where exists (select 1 from read_parquet({files}) p where p.trace_id = c.trace_id and p.span_id = c.parent_span_id) group by 1
-- form: group first by numbers, then semi-join
select tool, count(*) from (
    select cast(parent_span_id as uuid) as id, actor_label as tool, count(*) as calls from read_parquet({files})
    where actor_type = 'tool_call' and parent_span_id is not null group by 1, 2 having count(*) >= 2)
where id in (select cast(span_id as uuid) from read_parquet({files})) group by 1
-- form: window
select tool, count(*) from (
    select span_id, actor_label as tool, parent_span_id,
        count(*) over (partition by parent_span_id, actor_label) as calls,
        row_number() over (partition by parent_span_id, actor_label) as nth
    from read_parquet({files}) where actor_type = 'tool_call' and parent_span_id is not null)
where calls >= 2 and nth = 1 and parent_span_id in (select span_id from read_parquet({files})) group by 1
