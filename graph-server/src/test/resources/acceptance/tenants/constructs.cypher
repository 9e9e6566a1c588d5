// What people may write, one construct each. TenantWalkTest asks all of it as every kind of user. A name that ends in
// (common) is of a statement whose answer holds no tenant's names, not even for somebody who sees all of them.

// nodes without a label
MATCH (n) RETURN n ORDER BY elementId(n) LIMIT 40

// nodes by label
MATCH (t:Tenant) RETURN t

// all agents
MATCH (a:Agent) RETURN a, properties(a), keys(a), labels(a), elementId(a)

// a property of every trace
MATCH (t:Trace) RETURN t.trace_id, t.session_key, t.agent_name ORDER BY t.trace_id

// a lazy property
MATCH (s:Span) RETURN s.span_id, s.input_hash ORDER BY s.span_id LIMIT 40

// label expressions
MATCH (n:Tenant|Agent) RETURN n.tenant_id, elementId(n)

// label predicates
MATCH (n) WHERE n:Agent OR n:Tenant RETURN labels(n), n.tenant_id

// not that label
MATCH (n:!Span) RETURN elementId(n)

// one hop
MATCH (t:Tenant)-[h:HAS_AGENT]->(a:Agent) RETURN t, h, a

// a hop of any type
MATCH (a:Agent)-[r]-(n) RETURN type(r), elementId(r), elementId(n) ORDER BY elementId(r), elementId(n) LIMIT 40

// hops backwards
MATCH (s:Span)<-[:HAS_SPAN]-(t:Trace)<-[:OWNS]-(a:Agent)<-[:HAS_AGENT]-(x:Tenant) RETURN x.tenant_id, count(s)

// types of relationships in alternative
MATCH (a)-[r:OWNS|HAS_AGENT]->(b) RETURN elementId(a), elementId(b) ORDER BY elementId(b) LIMIT 40

// two patterns without anything in common
MATCH (a:Agent), (t:Tenant) RETURN a.agent_id, t.tenant_id

// optional match
MATCH (t:Tenant) OPTIONAL MATCH (t)-[:HAS_AGENT]->(a:Agent {agent_id: 'nobody'}) RETURN t, a

// path variables
MATCH p = (:Tenant)-[:HAS_AGENT]->(:Agent)-[:OWNS]->(:Trace) RETURN p ORDER BY elementId(nodes(p)[2]) LIMIT 40

// functions on paths
MATCH p = (:Agent)-[:OWNS]->(:Trace) RETURN length(p), [n IN nodes(p) | elementId(n)], [r IN relationships(p) | type(r)] ORDER BY elementId(nodes(p)[1]) LIMIT 40

// ends of relationships
MATCH (:Agent)-[r:OWNS]->(:Trace) RETURN elementId(startNode(r)), elementId(endNode(r)) ORDER BY elementId(endNode(r)) LIMIT 40

// walks of any length
MATCH (s:Span)-[:CHILD_OF*1..3]->(root:Span) RETURN s.span_id, root.span_id ORDER BY s.span_id, root.span_id LIMIT 40

// walks that may be empty
MATCH (t:Tenant)-[:HAS_AGENT|OWNS*0..2]->(n) RETURN elementId(n) ORDER BY elementId(n) LIMIT 40

// walks from a foreign row (common)
MATCH (s:Span)-[:CHILD_OF*0..]->(a:Span) WHERE s.span_id = 'nobody' RETURN a

// shortest path
MATCH (a:Span) WHERE a.parent_span_id IS NOT NULL WITH a ORDER BY a.tenant_id <> $ownTenant DESC, a.span_id LIMIT 5 MATCH p = shortestPath((a)-[:CHILD_OF*1..4]->(b:Span)) RETURN [n IN nodes(p) | n.span_id] AS ids ORDER BY ids[0], size(ids) LIMIT 40

// all shortest paths
MATCH (a:Span) WHERE a.parent_span_id IS NOT NULL WITH a ORDER BY a.tenant_id <> $ownTenant DESC, a.span_id LIMIT 5 MATCH p = allShortestPaths((a)-[:CHILD_OF*1..4]->(b:Span)) RETURN length(p), a.span_id, b.span_id ORDER BY a.span_id, b.span_id LIMIT 40

// unwind
UNWIND [$ownTenant, $foreignTenant] AS name MATCH (t:Tenant {tenant_id: name}) RETURN collect(elementId(t)) AS found

// union
MATCH (t:Tenant) RETURN t.tenant_id AS name UNION MATCH (a:Agent) RETURN a.agent_id AS name

// union all
MATCH (t:Tenant) RETURN t.tenant_id AS name UNION ALL MATCH (t:Tenant) RETURN elementId(t) AS name

// with, order, skip and limit
MATCH (t:Trace) WITH t ORDER BY t.trace_id DESC SKIP 3 LIMIT 20 MATCH (t)-[:HAS_SPAN]->(s) RETURN t.trace_id, count(s), min(s.span_id)

// list comprehension
MATCH (a:Agent) WITH collect(a) AS agents RETURN [x IN agents WHERE x.agent_id IS NOT NULL | x.agent_id + '!']

// pattern comprehension
MATCH (t:Tenant) RETURN [(t)-[:HAS_AGENT]->(a) | a.agent_id] AS agents

// pattern predicates
MATCH (a:Agent) WHERE (a)-[:OWNS]->(:Trace) AND NOT (a)-[:HAS_AGENT]->() RETURN a.agent_id

// exists
MATCH (a:Agent) WHERE EXISTS { MATCH (a)-[:OWNS]->(t:Trace) WHERE t.total_tokens > 0 } RETURN a.agent_id

// exists as a value
MATCH (a:Agent) RETURN a.agent_id, EXISTS { (a)-[:OWNS]->(:Trace) }

// count
MATCH (a:Agent) RETURN a.agent_id, COUNT { (a)-[:OWNS]->(:Trace) }

// count of everything (common)
RETURN COUNT { (n) }, COUNT { ()-->() }

// collect
RETURN COLLECT { MATCH (a:Agent) RETURN a.agent_id } AS agents

// call
MATCH (a:Agent) CALL { WITH a MATCH (a)-[:OWNS]->(t:Trace) RETURN count(t) AS traces, min(t.trace_id) AS first } RETURN a.agent_id, traces, first

// call with variables
MATCH (a:Agent) CALL (a) { MATCH (a)-[:OWNS]->(t:Trace) RETURN t ORDER BY t.trace_id LIMIT 2 } RETURN a.agent_id, t.trace_id

// call of something else
MATCH (x:Tenant) CALL { MATCH (a:Agent) RETURN collect(a.agent_id) AS agents } RETURN x.tenant_id, agents

// quantifiers
MATCH (a:Agent)-[:OWNS]->(t:Trace) WITH a, collect(t.trace_id) AS ids WHERE all(id IN ids WHERE id <> '') AND none(id IN ids WHERE id = $foreignTrace) AND any(id IN ids WHERE size(id) > 1) RETURN a.agent_id, ids[..3]

// reduce
MATCH (a:Agent) WITH a.agent_id AS id ORDER BY id WITH collect(id) AS ids RETURN reduce(text = '', id IN ids | text + id + ',')

// map projection
MATCH (a:Agent) RETURN a {.agent_id, .tenant_id, own: true}, a {.*}

// regular expressions
MATCH (t:Trace) WHERE t.trace_id =~ '.*[0-9a-f].*' RETURN t.trace_id ORDER BY t.trace_id LIMIT 100

// functions on texts
MATCH (a:Agent) RETURN toUpper(a.agent_id), left(a.agent_id, 50), a.agent_id + '/x', substring(a.agent_id, 0), split(a.agent_id, ' '), trim(a.agent_id), replace(a.agent_id, '~', ''), reverse(reverse(a.agent_id))

// functions on lists
MATCH (a:Agent) WITH collect(a.agent_id) AS ids RETURN head(ids), last(ids), tail(ids), size(ids), ids[0..2]

// maps
MATCH (a:Agent) RETURN {agent: a.agent_id, of: {tenant: a.tenant_id}}

// case
MATCH (a:Agent) RETURN CASE WHEN a.tenant_id = $ownTenant THEN 'own: ' + a.agent_id ELSE 'other: ' + a.agent_id END

// aggregates
MATCH (t:Trace) RETURN min(t.trace_id), max(t.trace_id), count(t), sum(t.total_tokens), avg(t.duration_ms)

// the smallest of each group
MATCH (s:Span) RETURN s.tenant_id, s.actor_type, min(s.span_id), max(s.trace_id), count(*) ORDER BY s.tenant_id, s.actor_type

// distinct aggregates
MATCH (s:Span) RETURN count(DISTINCT s.tenant_id), collect(DISTINCT s.tenant_id), sum(DISTINCT s.has_error)

// percentiles (common)
MATCH (t:Trace) RETURN percentileCont(t.duration_ms, 0.5), percentileDisc(t.duration_ms, 0.9), stDev(t.duration_ms), stDevP(t.duration_ms)

// counts only (common)
MATCH (n) RETURN labels(n), count(*)

// distinct
MATCH (n) RETURN DISTINCT n.tenant_id

// times (common)
MATCH (t:Trace) WHERE datetime({epochMillis: t.trace_start_ts_ms}) > datetime('2000-01-01T00:00:00Z') RETURN date(max(t.trace_date)), duration({days: 1}), count(*)

// a foreign trace by its id
MATCH (t:Trace {trace_id: $foreignTrace}) RETURN t

// spans of a foreign trace
MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.trace_id = $foreignTrace RETURN t, s

// a foreign span in a list of ids
MATCH (s:Span) WHERE s.span_id IN [$ownSpan, $foreignSpan] RETURN s.span_id, s.trace_id, s.tenant_id

// foreign rows by element id
MATCH (n) WHERE elementId(n) = $foreignNode RETURN n

// foreign rows by element ids
MATCH (n) WHERE elementId(n) IN [$foreignNode, $foreignTenantNode, $foreignAgent, $foreignAgentOfAll] RETURN n

// foreign relationships by element id
MATCH ()-[r]->() WHERE elementId(r) IN [$foreignEdge, $foreignEdgeOfAll] RETURN r, elementId(r)

// neighbours of a foreign row
MATCH (n)-[r]-(m) WHERE elementId(n) = $foreignTenantNode RETURN r, m

// foreign rows by number (common)
MATCH (n) WHERE id(n) = 1 RETURN n

// the tenant as a condition
MATCH (s:Span) WHERE s.tenant_id = $foreignTenant RETURN s.span_id, s.trace_id ORDER BY s.span_id LIMIT 50

// any tenant but mine
MATCH (n) WHERE n.tenant_id <> $ownTenant RETURN n.tenant_id, count(*)

// the tenant in one arm of a condition
MATCH (t:Trace) WHERE t.tenant_id = $foreignTenant OR t.total_tokens >= 0 RETURN DISTINCT t.tenant_id

// a join over what tenants have in common
MATCH (a:Span), (b:Span) WHERE a.actor_label = b.actor_label AND a.tenant_id <> b.tenant_id AND a.span_id < b.span_id RETURN a.span_id, b.span_id ORDER BY a.span_id, b.span_id LIMIT 20

// an error about a value
MATCH (t:Trace) WITH t ORDER BY t.tenant_id <> $ownTenant DESC, t.trace_id RETURN date(t.trace_id)

// an error about a text that is no number
MATCH (t:Tenant) WITH t ORDER BY t.tenant_id <> $ownTenant DESC, t.tenant_id RETURN 1 + t.tenant_id - 1

// an error of division (common)
MATCH (t:Trace) RETURN 1 / (t.total_tokens - t.total_tokens)

// a name that is nearly right (common)
MATCH (t:Trase) RETURN t

// a property that is nearly right (common)
MATCH (t:Trace) RETURN t.tenant_idd

// a type that is nearly right (common)
MATCH (t:Trace)-[:HAS_SPANS]->(s) RETURN s

// what cannot be parsed (common)
MATCH (t:Trace RETURN t

// writing (common)
MATCH (t:Trace) DELETE t

// a query about who asks (common)
SHOW CURRENT USER

// databases (common)
SHOW DATABASES

// one database (common)
SHOW DEFAULT DATABASE

// procedures (common)
SHOW PROCEDURES

// procedures, every column (common)
SHOW PROCEDURES YIELD *

// functions (common)
SHOW FUNCTIONS YIELD *

// indexes (common)
SHOW INDEXES YIELD *

// constraints (common)
SHOW CONSTRAINTS YIELD *

// transactions (common)
SHOW TRANSACTIONS

// settings (common)
SHOW SETTINGS

// a procedure in a query
CALL db.labels() YIELD label MATCH (n) WHERE label IN labels(n) RETURN label, count(n), min(elementId(n))

// a procedure behind a match
MATCH (t:Tenant) CALL db.labels() YIELD label RETURN t.tenant_id, label

// a schema with counts of rows (common)
CALL db.schema.nodeTypeProperties() YIELD nodeType, propertyName, mandatory WHERE nodeType CONTAINS 'Agent' RETURN nodeType, propertyName, mandatory ORDER BY propertyName

// SHOW with a condition (common)
SHOW PROCEDURES YIELD name, description WHERE name STARTS WITH 'db.' RETURN name ORDER BY name
