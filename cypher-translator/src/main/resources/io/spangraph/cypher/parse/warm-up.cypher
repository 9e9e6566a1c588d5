// Queries of the kinds that users send, one to a line: they fill the tables of the grammar when a server starts.

MATCH (t:Trace) WHERE t.tenant_id = $tenant AND t.agent_id = $agent AND t.trace_start_ts_ms >= $from AND t.trace_start_ts_ms < $to RETURN elementId(t) AS id, t.trace_start_ts_ms AS started, t.duration_ms AS dur, t.event_count AS events, t.total_tokens AS tokens, t.has_error AS err, t.category AS cat ORDER BY started DESC LIMIT 150
MATCH (t:Trace) WHERE t.tenant_id = $tenant AND t.agent_id = $agent AND t.trace_start_ts_ms >= $from AND t.trace_start_ts_ms < $to RETURN count(t) AS runs, coalesce(sum(t.total_tokens),0) AS tokens, 1.0 - avg(CASE WHEN t.has_error = 1 THEN 1.0 ELSE 0.0 END) AS success_rate
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.agent_id = $agent AND t.trace_start_ts_ms >= $from AND t.trace_start_ts_ms < $to RETURN t.trace_date AS day, count(DISTINCT t) AS runs, sum(s.input_tokens) AS tin, sum(s.output_tokens) AS tout, sum(s.cost_usd) AS usd ORDER BY day
MATCH (n:Tenant {tenant_id: $tenant})-[:HAS_AGENT]->(a:Agent) OPTIONAL MATCH (a)-[:OWNS]->(t:Trace) WHERE t.trace_start_ts_ms >= $from RETURN a.agent_id AS agent, count(t) AS runs, max(t.trace_start_ts_ms) AS last_seen ORDER BY last_seen DESC
MATCH (t:Trace) WHERE t.tenant_id = $tenant AND t.agent_id = $agent AND t.session_key IS NOT NULL AND t.trace_start_ts_ms >= $from RETURN t.session_key AS session, count(*) AS runs, min(t.trace_start_ts_ms) AS first, max(t.trace_end_ts_ms) AS last, sum(t.total_tokens) AS tokens ORDER BY last DESC LIMIT 50
MATCH (s:Span) WHERE s.trace_id = $trace AND s.tenant_id = $tenant RETURN elementId(s) AS id, s.parent_span_id AS parent, s.actor_type AS type, s.actor_label AS label, s.span_start_ts_ms AS st, s.duration_ms AS dur, s.input_tokens AS tin, s.output_tokens AS tout, s.has_error AS err ORDER BY st
MATCH (c:Span)-[:CHILD_OF]->(p:Span) WHERE p.span_id = $span AND p.trace_id = $trace AND p.tenant_id = $tenant RETURN c.span_id AS id, c.actor_type AS type, c.actor_label AS label, c.duration_ms AS dur ORDER BY c.span_start_ts_ms SKIP $skip LIMIT 200
MATCH (d:Span)-[:CHILD_OF*0..]->(a:Span {span_id: $span}) WHERE a.trace_id = $trace AND a.tenant_id = $tenant RETURN count(d) AS spans, sum(d.total_tokens) AS tokens, sum(d.cost_usd) AS usd, sum(d.has_error) AS errors, max(d.span_end_ts_ms) - min(d.span_start_ts_ms) AS wall_ms
MATCH (s:Span) WHERE s.span_id = $span AND s.trace_id = $trace AND s.tenant_id = $tenant RETURN s.input_payload AS input, s.output_payload AS output
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.actor_type = 'tool_call' AND s.span_start_ts_ms >= $from AND s.span_start_ts_ms < $to RETURN s.actor_label AS tool, count(*) AS calls, sum(s.has_error) AS errors, 1.0 * sum(s.has_error) / count(*) AS rate ORDER BY errors DESC LIMIT 20
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.has_error = 0 AND s.has_error = 1 AND t.trace_start_ts_ms >= $from RETURN t.trace_id AS trace, collect(s.actor_label)[0..5] AS failed, count(*) AS n ORDER BY n DESC LIMIT 50
MATCH (a:Span)-[:CHILD_OF]->(p:Span)<-[:CHILD_OF]-(b:Span) WHERE a.tenant_id = $tenant AND a.trace_id = $trace AND a.has_error = 1 AND b.has_error = 0 AND b.actor_label = a.actor_label AND b.span_start_ts_ms >= a.span_end_ts_ms RETURN a.span_id AS failed, b.span_id AS ok, b.span_start_ts_ms - a.span_end_ts_ms AS wait_ms
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.span_start_ts_ms >= $from AND (s.span_end_ts_ms IS NULL OR s.span_end_ts_ms = s.span_start_ts_ms) AND s.actor_type IN ['llm_call','tool_call'] RETURN s.trace_id AS trace, s.actor_label AS label, s.span_start_ts_ms AS st ORDER BY st DESC LIMIT 100
MATCH (c:Span)-[:CHILD_OF]->(p:Span) WHERE c.tenant_id = $tenant AND c.actor_type = 'tool_call' AND c.span_start_ts_ms >= $from WITH p, c.actor_label AS tool, count(*) AS n, sum(c.has_error) AS errs, sum(c.duration_ms) AS ms WHERE n >= 5 RETURN p.trace_id AS trace, p.span_id AS parent, tool, n, errs, ms ORDER BY n DESC LIMIT 50
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.trace_id = $trace AND s.actor_type = 'tool_call' WITH s.actor_label AS tool, s.input_hash AS h, count(*) AS n, min(s.span_id) AS sample WHERE n > 1 RETURN tool, n, sample ORDER BY n DESC
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.agent_id = $agent AND s.actor_type = 'llm_call' AND s.span_start_ts_ms >= $from WITH s ORDER BY s.span_start_ts_ms WITH s.trace_id AS trace, collect(s.input_tokens) AS tin WITH trace, tin, head(tin) AS first, last(tin) AS final WHERE size(tin) >= 5 AND final > 3 * first RETURN trace, size(tin) AS calls, first, final, 1.0 * final / first AS growth ORDER BY growth DESC LIMIT 20
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.actor_type = 'llm_call' AND s.input_tokens > 150000 AND s.span_start_ts_ms >= $from RETURN s.trace_id AS trace, s.actor_label AS model, s.input_tokens AS tin, s.cost_usd AS usd ORDER BY tin DESC LIMIT 20
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.actor_type = 'llm_call' AND s.span_start_ts_ms >= $from RETURN s.actor_label AS model, sum(s.cache_read_tokens) AS cached, sum(s.input_tokens_total) AS input_all, 1.0 * sum(s.cache_read_tokens) / sum(s.input_tokens_total) AS hit ORDER BY input_all DESC
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.agent_id = $agent AND t.trace_start_ts_ms >= $from WITH t, sum(CASE s.actor_type WHEN 'llm_call' THEN 1 ELSE 0 END) AS llm, sum(CASE s.actor_type WHEN 'tool_call' THEN 1 ELSE 0 END) AS tools RETURN t.trace_id AS trace, llm, tools, 1.0 * llm / (CASE WHEN tools = 0 THEN 1 ELSE tools END) AS ratio ORDER BY ratio DESC LIMIT 20
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.actor_type = 'llm_call' AND s.span_start_ts_ms >= $from AND s.span_start_ts_ms < $to RETURN s.agent_id AS agent, sum(s.cost_usd) AS usd, count(*) AS calls ORDER BY usd DESC
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.actor_type = 'llm_call' AND s.span_start_ts_ms >= $from RETURN s.actor_label AS model, count(*) AS calls, sum(s.cost_usd) AS usd, sum(CASE WHEN s.cost_usd IS NULL THEN 1 ELSE 0 END) AS unpriced ORDER BY usd DESC
MATCH (d:Span)-[:CHILD_OF*1..]->(a:Span) WHERE a.tenant_id = $tenant AND a.agent_id = $agent AND a.actor_type IN ['tool_call','subagent'] AND d.actor_type = 'llm_call' AND a.span_start_ts_ms >= $from RETURN a.actor_type AS type, a.actor_label AS who, sum(d.cost_usd) AS usd, count(DISTINCT a) AS invocations ORDER BY usd DESC LIMIT 20
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.trace_start_ts_ms >= $from AND s.actor_type = 'llm_call' WITH t, sum(s.cost_usd) AS usd, count(s) AS calls, max(s.input_tokens) AS max_in, collect(DISTINCT s.actor_label) AS models RETURN t.trace_id AS trace, t.agent_id AS agent, usd, calls, max_in, models ORDER BY usd DESC LIMIT 10
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.trace_start_ts_ms >= $from WITH t.agent_id AS agent, t.trace_id AS trace, sum(s.cost_usd) AS usd WITH agent, collect({trace: trace, usd: usd}) AS runs, percentileCont(usd, 0.5) AS med UNWIND runs AS r WITH agent, med, r WHERE r.usd > 5 * med RETURN agent, r.trace AS trace, r.usd AS usd, med ORDER BY usd DESC
MATCH (t:Trace) WHERE t.tenant_id = $tenant AND t.agent_id = $agent AND t.trace_start_ts_ms >= $now - 1209600000 RETURN CASE WHEN t.trace_start_ts_ms >= $now - 604800000 THEN 'this' ELSE 'last' END AS week, count(*) AS runs, avg(toFloat(t.has_error)) AS err, avg(t.total_tokens) AS tokens, percentileCont(t.duration_ms, 0.95) AS p95
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.agent_id = $agent AND s.actor_type = 'tool_call' AND s.span_start_ts_ms >= $now - 1209600000 RETURN s.actor_label AS tool, sum(CASE WHEN s.span_start_ts_ms >= $now - 604800000 THEN 1 ELSE 0 END) AS this_week, sum(CASE WHEN s.span_start_ts_ms < $now - 604800000 THEN 1 ELSE 0 END) AS last_week ORDER BY abs(this_week - last_week) DESC
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.agent_id = $agent AND s.span_start_ts_ms >= $now - 2592000000 WITH s.actor_type AS type, s.actor_label AS label, min(s.span_start_ts_ms) AS first WHERE first >= $now - 604800000 RETURN type, label, first ORDER BY first
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.actor_type = 'tool_call' AND s.span_start_ts_ms >= $from RETURN s.actor_label AS tool, count(*) AS n, percentileCont(s.duration_ms, 0.5) AS p50, percentileCont(s.duration_ms, 0.95) AS p95, percentileCont(s.duration_ms, 0.99) AS p99 ORDER BY p95 DESC LIMIT 20
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.trace_id = $trace AND s.actor_type IN ['llm_call','tool_call'] AND s.duration_ms > 0.2 * t.duration_ms RETURN s.span_id AS id, s.actor_label AS label, s.duration_ms AS ms, 1.0 * s.duration_ms / t.duration_ms AS share ORDER BY share DESC
MATCH (a:Span)-[:CHILD_OF]->(p:Span)<-[:CHILD_OF]-(b:Span) WHERE p.tenant_id = $tenant AND p.trace_id = $trace AND a.span_id < b.span_id AND a.span_start_ts_ms < b.span_end_ts_ms AND b.span_start_ts_ms < a.span_end_ts_ms RETURN p.span_id AS parent, count(*) AS overlapping_pairs ORDER BY overlapping_pairs DESC
MATCH (c:Span)-[:CHILD_OF]->(p:Span) WHERE c.tenant_id = $tenant AND c.trace_id = $trace RETURN p.actor_type AS from_type, p.actor_label AS from_label, c.actor_type AS to_type, c.actor_label AS to_label, count(*) AS calls, sum(c.duration_ms) AS ms, sum(c.has_error) AS errors
MATCH (a:Span)-[:CHILD_OF*1..]->(b:Span) WHERE b.tenant_id = $tenant AND b.actor_type = 'subagent' AND b.actor_label = $b AND a.actor_label = $a AND b.span_start_ts_ms >= $from RETURN DISTINCT a.trace_id AS trace LIMIT 100
MATCH (a:Span)<-[:HAS_SPAN]-(t:Trace)-[:HAS_SPAN]->(b:Span) WHERE t.tenant_id = $tenant AND t.trace_start_ts_ms >= $from AND a.actor_label = $a AND b.actor_label = $b AND b.span_start_ts_ms >= a.span_end_ts_ms RETURN t.trace_id AS trace, min(b.span_start_ts_ms - a.span_end_ts_ms) AS lag ORDER BY lag LIMIT 100
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.trace_start_ts_ms >= $from WITH t, collect(DISTINCT s.actor_label) AS labels WHERE $a IN labels AND NOT $b IN labels RETURN t.trace_id AS trace LIMIT 100
MATCH (c:Span)-[:CHILD_OF]->(p:Span) WHERE p.tenant_id = $tenant AND p.span_start_ts_ms >= $from WITH p, count(c) AS kids WHERE kids > 10 RETURN p.trace_id AS trace, p.span_id AS span, p.actor_label AS label, kids ORDER BY kids DESC LIMIT 50
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant AND t.trace_start_ts_ms >= $from WITH t, sum(CASE WHEN s.parent_span_id IS NULL THEN 1 ELSE 0 END) AS roots WHERE roots <> 1 RETURN t.trace_id AS trace, roots LIMIT 100
MATCH (c:Span)-[:CHILD_OF]->(p:Span) WHERE c.tenant_id = $tenant AND c.span_start_ts_ms >= $from AND (c.span_start_ts_ms < p.span_start_ts_ms OR c.span_end_ts_ms > p.span_end_ts_ms) RETURN c.trace_id AS trace, count(*) AS n ORDER BY n DESC LIMIT 50
MATCH (s:Span) WHERE s.tenant_id = $tenant AND s.agent_id = $agent AND s.span_start_ts_ms >= $from AND s.input_payload =~ '(?s).*(sk-[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}).*' RETURN s.trace_id AS trace, s.span_id AS span, s.actor_label AS label LIMIT 50
MATCH (n) RETURN n
MATCH (s:Span) RETURN s.span_id
MATCH (n:(Agent|Trace)&!Span) RETURN n
MATCH (n:%) RETURN n
MATCH (n:Agent:Trace) RETURN n
MATCH (s:Span {span_id: $span, has_error: 1} WHERE s.duration_ms > 10) WHERE s.trace_id = $trace RETURN s
MATCH (s:Span {span_id: null}) RETURN s
MATCH (t {trace_id: 'x'}) RETURN t
MATCH (a:Agent), (t:Trace) RETURN a, t
MATCH (a:Agent), (t:Trace), (a)-[:OWNS]->(t) RETURN a, t
MATCH (n:Agent), (n:!Span) RETURN n
MATCH (n) MATCH (n:Span) RETURN n
MATCH ({trace_id: 'x'})-->() RETURN count(*) AS n
UNWIND $nodes AS n MATCH (n:Trace)-[:HAS_SPAN]->(s) RETURN s.span_id AS id
UNWIND $nodes AS n MATCH (s:Span)-[:CHILD_OF]->(p:Span)<-[:HAS_SPAN]-(n) RETURN s.span_id AS id
MATCH (match:Span) RETURN match.has_error AS end, match.trace_id AS `case`
MATCH (`my span`:`Span`) RETURN `my span`.`span_id` AS `the ``id```
MATCH (a)-->(b)<--(c)--(d) RETURN count(*) AS n
MATCH (a)<-[:CHILD_OF]->(b) RETURN count(*) AS n
MATCH (n:Tenant)-[:HAS_AGENT]->(a:Agent)-[:OWNS]->(t:Trace)-[:HAS_SPAN]->(s:Span) WHERE s.has_error = 1 RETURN count(*) AS n
MATCH (a)-[x:OWNS|HAS_SPAN]->(b)-[y:HAS_SPAN]->(c)-[z:CHILD_OF]->(d)-[u]->(e) RETURN x, y, z, u
MATCH (a)-[r:CHILD_OF]->(b), (a)-[q:CHILD_OF]->(c) MATCH (b)-[p:CHILD_OF]->(d) RETURN r, q, p
MATCH (a)-[r:OWNS {since: 1} WHERE r.since < a.duration_ms]->(t) WHERE a.name = 'x' RETURN r.since
MATCH (a)-[r:!CHILD_OF&!OWNS]->(b) RETURN type(r) AS type
MATCH (a)-[r:OWNS&CHILD_OF]->(b) RETURN r
MATCH (a:Span)-[:CHILD_OF]->(b:Span)-[:CHILD_OF]->(a) RETURN a.span_id AS id
MATCH (a)-->(a) RETURN a
MATCH (t:Trace) MATCH (a:Agent)-[:OWNS]->(t)-[:HAS_SPAN]->(s:Span) RETURN a.name AS agent, s.span_id AS span
MATCH (a:Agent), (t:Trace) WHERE a.agent_id = t.agent_id MATCH (a)-[:OWNS]->(t) RETURN count(*) AS n
MATCH (a:Span {trace_id: b.trace_id})-[:CHILD_OF]->(b) RETURN a
MATCH (a:Agent) OPTIONAL MATCH (a)-[:OWNS]->(t:Trace) WHERE t.has_error = 1 RETURN a.name AS agent, count(t) AS failed
OPTIONAL MATCH (a:Agent {agent_id: 'x'}) RETURN a
MATCH (t:Tenant) OPTIONAL MATCH (a:Agent) RETURN t, a
MATCH (a:Agent) OPTIONAL MATCH (a)-[:OWNS]->(t) MATCH (t)-[:HAS_SPAN]->(s) RETURN s
MATCH (s:Span) WITH s AS x LIMIT 10 MATCH (x)-[:CHILD_OF]->(p) RETURN x, p
MATCH (a:Span)-[:CHILD_OF*]->(b:Span) RETURN count(*) AS n
MATCH (a:Span)-[:CHILD_OF*2]->(b:Span) RETURN count(*) AS n
MATCH (a:Span)-[:CHILD_OF*1..3]->(b:Span) RETURN count(*) AS n
MATCH (a:Span)-[:CHILD_OF*2..]->(b:Span) RETURN count(*) AS n
MATCH (a:Span)<-[:CHILD_OF*..4]-(b:Span) RETURN count(*) AS n
MATCH (a:Span)-[:CHILD_OF*0..]->(b:Span) RETURN count(*) AS n
MATCH (a)-[*1..2]-(b) RETURN count(*) AS n
MATCH (a:Span)-[r:CHILD_OF*1..3]->(b:Span) RETURN size(r) AS depth
MATCH (b:Span {span_id: 'x'}) MATCH (a:Span)-[r:CHILD_OF*1..3]->(b) RETURN a, r
MATCH (a)-[:OWNS|HAS_SPAN*1..2 {since: $since}]->(b) RETURN b
MATCH (a:Span)-[:CHILD_OF]->(b)-[r:CHILD_OF*]->(c)-[:HAS_SPAN]-(t) RETURN r
MATCH (s:Span)-[:CHILD_OF*1..32]->(s) RETURN s.span_id AS id
MATCH (s:Span) RETURN count(*) AS n, sum(s.cost_usd) AS usd
MATCH (s:Span) RETURN s.actor_label AS tool, count(*) AS n
MATCH (s:Span) RETURN count(*) AS n, s.actor_label AS tool
MATCH (t:Trace)-[:HAS_SPAN]->(s) WITH t, count(s) AS n WHERE n > 10 RETURN t.trace_id AS trace, n
MATCH (s:Span) RETURN count(s) AS a, sum(s.duration_ms) AS b, avg(s.duration_ms) AS c, min(s.duration_ms) AS d, max(s.duration_ms) AS e, collect(s.duration_ms) AS f, stdev(s.duration_ms) AS g, stDevP(s.duration_ms) AS h, percentileCont(s.duration_ms, 0.95) AS i, percentileDisc(s.duration_ms, $p) AS j
MATCH (s:Span) RETURN count(DISTINCT s.actor_label) AS labels, COLLECT(DISTINCT s.trace_id) AS traces
MATCH (s:Span) RETURN 1.0 * sum(s.has_error) / count(*) + $x AS rate
MATCH (s:Span) RETURN count(*) AS a, count(*) AS b, count(*) + 1 AS c
MATCH (s:Span) RETURN s.actor_label AS tool, s.actor_label + ':' + count(*) AS text
MATCH (s:Span) RETURN s, s.duration_ms + count(*) AS x
MATCH (t:Trace) WITH collect(t) AS ts UNWIND ts AS t MATCH (t)-[:HAS_SPAN]->(s) RETURN t, s
MATCH (s:Span) RETURN s.span_id, s . span_id + 1, COUNT( * )
MATCH (s:Span)-[r:CHILD_OF]->(a) RETURN *
MATCH (s:Span) RETURN *, s.span_id AS id
MATCH (s:Span)-->() RETURN *
MATCH (s:Span) RETURN s, s AS other
MATCH (a)-->(b) WITH a AS b, b AS a RETURN a, b
MATCH (s:Span) RETURN DISTINCT s.trace_id AS trace
RETURN 1 AS one, 'x' AS text
MATCH (s:Span) RETURN s.span_id AS id ORDER BY id SKIP 10 LIMIT $n
MATCH (s:Span) RETURN s.span_id AS id ORDER BY id OFFSET 10
MATCH (s:Span) RETURN s.span_id AS id LIMIT 2 * $page
MATCH (s:Span) RETURN s.duration_ms AS ms ORDER BY ms DESC
MATCH (s:Span) RETURN s.duration_ms AS ms ORDER BY s.duration_ms
MATCH (s:Span) RETURN s.span_id AS id ORDER BY s.duration_ms, s.span_id DESC
MATCH (s:Span)-[:CHILD_OF]->(p:Span) RETURN s.span_id AS id, p AS s ORDER BY s.span_id
MATCH (s:Span) WITH s.trace_id AS trace ORDER BY s.duration_ms LIMIT 3 RETURN trace
MATCH (s:Span) WITH s.trace_id AS trace WHERE s.has_error = 1 RETURN trace
MATCH (s:Span) RETURN s.actor_label AS tool, count(*) AS n ORDER BY n DESC, tool
MATCH (s:Span) RETURN s.actor_label AS tool, count(*) AS n ORDER BY count(*) DESC, s.actor_label
MATCH (s:Span) RETURN s.actor_label AS tool, count(*) AS n ORDER BY sum(s.cost_usd) DESC
MATCH (s:Span) RETURN s.actor_label AS tool, 2 * count(*) AS n ORDER BY sum(s.cost_usd) / count(*) DESC
MATCH (t:Trace)-->(s) WITH t, count(s) AS n ORDER BY t.duration_ms LIMIT 5 RETURN t.trace_id AS id
MATCH (s:Span) RETURN DISTINCT s.trace_id AS trace ORDER BY trace
MATCH (s:Span) RETURN DISTINCT s.trace_id AS trace ORDER BY s.trace_id
MATCH (a:Agent) RETURN a.name AS name UNION MATCH (t:Trace) RETURN t.category AS name
RETURN 1 AS x UNION ALL RETURN 2 AS x UNION ALL RETURN 3 AS x
RETURN 1 AS a, 2 AS b UNION RETURN 3 AS b, 4 AS a
MATCH (a:Agent) RETURN a AS n UNION MATCH (t:Trace) RETURN t AS n
MATCH (a:Agent) RETURN a AS n, 1 AS x UNION RETURN null AS n, 2 AS x
RETURN 1 + 2 * 3 ^ 2 - 4 / 2 % 3 AS x
MATCH (s:Span) WHERE NOT s.has_error = 1 AND s.duration_ms > 1 OR s.cost_usd IS NULL XOR s.input_tokens IS NOT NULL RETURN s
MATCH (s:Span) WHERE 1 < s.duration_ms <= 5 <> s.has_error RETURN s
MATCH (s:Span) WHERE s.actor_label STARTS WITH 'a' AND s.actor_label ENDS WITH $x OR s.actor_label CONTAINS 'b' OR s.actor_label =~ '.*' RETURN s
RETURN 1 IN [1, 2] AS a, [1, 2][0] AS b, [1, 2][1..] AS c, [1, 2][..$x] AS d, [1] + [2] + 3 AS e, [][..] AS f
RETURN {a: 1, `b c`: [2], null: null} AS m, {a: {b: 1}}.a.b AS x, $p.a['b'] AS y
MATCH (s:Span) RETURN CASE s.actor_type WHEN 'a' THEN 1 WHEN 'b' THEN 2 END AS x
MATCH (s:Span) RETURN CASE WHEN s.has_error = 1 THEN 'x' ELSE 'y' END AS x
MATCH (s:Span) RETURN CASE s.duration_ms WHEN < 10 THEN 'fast' WHEN 10, 11 THEN 'ok' WHEN IS NULL THEN 'none' ELSE 'slow' END AS x
RETURN -1 AS a, - 1 AS b, 0x1F AS c, 0o17 AS d, 1.5e3 AS e, .5 AS f, 1_000 AS g, -9223372036854775808 AS h, true AS i, NULL AS j, "a'b" AS k, 'a\n\u0041\'\\' AS l, -0x8000000000000000 AS m
MATCH (s:Span) RETURN -s.duration_ms AS a, +s.duration_ms AS b, 1 - -2 AS c
RETURN $a AS a, $`b c` AS b, $1 AS c
MATCH (n)-[r]->() WHERE n:Span|Trace AND NOT n:Agent AND r:OWNS|HAS_SPAN RETURN n:Span AS x, n IS Agent AS y, n IS NOT Agent AS z
MATCH (n)-[r]->() RETURN ELEMENTID(n) AS a, labels(n) AS b, TYPE(r) AS c, keys(n) AS d, properties(r) AS e, coalesce(n.name, 'x', 1) AS f, toupper('a') AS g, trim(' a ') AS h, range(1, 3) AS i, startNode(r) AS j, startNode(r).name AS k
MATCH (n) WHERE exists(n.name) RETURN n
MATCH (a:Agent) RETURN a.name AS name, COUNT { (a)-[:OWNS]->() } AS n, EXISTS { (a)-[:OWNS]->(t) WHERE t.has_error = 1 } AS failed
MATCH (t:Trace) RETURN t.trace_id AS id, [(t)-[:HAS_SPAN]->(s) WHERE s.has_error = 1 | s.span_id] AS ids, [p = (t)-->()-->() | length(p)] AS lengths
MATCH (t:Trace) RETURN t, COLLECT { MATCH (t)-->(s:Span) RETURN s.span_id ORDER BY s.duration_ms DESC LIMIT 3 } AS slow
MATCH (t:Trace) WHERE (t)-->(:Span {has_error: 1}) OR exists((t)<--(:Agent)) RETURN t
MATCH (a:Agent) WHERE EXISTS { MATCH (a)-[:OWNS]->(t) WITH t, COUNT { (t)-->() } AS c WHERE c > 2 RETURN t } RETURN a
MATCH (a:Agent) CALL (a) { MATCH (a)-[:OWNS]->(t) RETURN t ORDER BY t.duration_ms DESC LIMIT 1 } RETURN a, t
MATCH (a:Agent) CALL { WITH a MATCH (a)-->(t) RETURN count(t) AS n } RETURN a, n
MATCH (a:Agent) OPTIONAL CALL (*) { MATCH (a)-->(t) RETURN t UNION MATCH (t)-->(a) RETURN t } RETURN a, t
MATCH (a:Span {span_id: $a}), (b:Span {span_id: $b}), p = shortestPath((a)-[:CHILD_OF*..10]-(b)) RETURN length(p) AS n, nodes(p) AS ns
MATCH (a:Span), (b:Span) RETURN allShortestPaths((a)-[*]-(b)) AS ps
MATCH (n:(Span|Trace)&!Agent WHERE n.has_error = 1)-[r:!OWNS WHERE r.since > 1]->(m:%) RETURN n, r, m
