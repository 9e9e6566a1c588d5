package io.spangraph.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plans mean what the queries say: evaluated over a handful of rows that can be counted by hand, by the reference and by
 * the engine.
 */
class MeaningTest {
    static Stream<Arguments> queries() {
        return Stream.of(
                query("MATCH (a:Agent) RETURN a.name AS name ORDER BY name", "[one]", "[two]", "[null]"),
                query("MATCH (n) RETURN count(*) AS n", "[12]"),
                query("MATCH (n:Agent|Trace) RETURN count(n) AS n, count(n.name) AS names", "[6, 2]"),
                query(
                        "MATCH (t {trace_id: 't1'}) RETURN labels(t) AS labels, count(*) AS n ORDER BY n",
                        "[[Trace], 1]",
                        "[[Span], 4]"),
                query("MATCH (a:Agent)-[:OWNS]->(t)-[:HAS_SPAN]->(s) RETURN a.name AS a, count(s) AS n", "[one, 5]"),
                query(
                        "MATCH (s)-[:CHILD_OF]->(p)<-[:CHILD_OF]-(b) RETURN s, p, b ORDER BY s.span_id",
                        "[(s2), (s1), (s3)]",
                        "[(s3), (s1), (s2)]"),
                query("MATCH (s)-[:CHILD_OF]-(b) RETURN count(*) AS n", "[6]"),
                query(
                        "MATCH (t:Trace)-->(s)-->(p)<--(t) RETURN t, s, p ORDER BY s.span_id",
                        "[(t1), (s2), (s1)]",
                        "[(t1), (s3), (s1)]",
                        "[(t1), (s4), (s2)]"),
                query(
                        "MATCH (s:Span), (p:Span), (s)-[:CHILD_OF]->(p) RETURN s, p ORDER BY s.span_id",
                        "[(s2), (s1)]",
                        "[(s3), (s1)]",
                        "[(s4), (s2)]"),
                query(
                        "MATCH (p:Span {span_id: 's1'}) MATCH (t:Trace)-[:HAS_SPAN]->(s)-[:CHILD_OF]->(p) RETURN t, s"
                                + " ORDER BY s.span_id",
                        "[(t1), (s2)]",
                        "[(t1), (s3)]"),
                query(
                        "MATCH (a:Agent) OPTIONAL MATCH (a)-[:OWNS]->(t) WHERE t.has_error = 1"
                                + " RETURN a.agent_id AS a, count(t) AS n, collect(t) AS ts ORDER BY a",
                        "[a1, 1, [(t1)]]",
                        "[a2, 0, []]",
                        "[a3, 0, []]"),
                query("OPTIONAL MATCH (a:Agent {name: 'nobody'}) RETURN a, a.name AS n", "[null, null]"),
                query(
                        "MATCH (a:Agent {name: 'one'}) OPTIONAL MATCH (t:Trace {trace_id: 't3'}) RETURN a, t",
                        "[(a1), (t3)]"),
                query(
                        "MATCH (t:Trace) OPTIONAL MATCH (t:Agent)-->(x) MATCH (a)-[:OWNS]->(t) RETURN t, x, a"
                                + " ORDER BY t.trace_id",
                        "[(t1), null, (a1)]",
                        "[(t2), null, (a1)]",
                        "[(t3), null, (a2)]"),
                query(
                        "MATCH (d)-[:CHILD_OF*]->(r {span_id: 's1'}) RETURN d ORDER BY d.span_id",
                        "[(s2)]",
                        "[(s3)]",
                        "[(s4)]"),
                query(
                        "MATCH (d)-[:CHILD_OF*0..1]->(r {span_id: 's2'}) RETURN d ORDER BY d.span_id",
                        "[(s2)]",
                        "[(s4)]"),
                query(
                        "MATCH (r {span_id: 's1'}) MATCH (d {span_id: 's4'})-[w:CHILD_OF*2]->(r) RETURN w",
                        "[[[s4-s2], [s2-s1]]]"),
                query("MATCH (r {span_id: 's1'})<-[w:CHILD_OF*2]-(d) RETURN w", "[[[s2-s1], [s4-s2]]]"),
                query(
                        "MATCH (d)-[:CHILD_OF*1.. {since: 1}]->(r {span_id: 's1'}) RETURN d ORDER BY d.span_id",
                        "[(s2)]",
                        "[(s4)]"),
                query("MATCH (s)-[:CHILD_OF*1..5]->(s) RETURN s"),
                query("MATCH (a)-[r:OWNS {since: 2}]->(t) RETURN r, type(r) AS type", "[[a1-t2], OWNS]"),
                query("MATCH (a)-[r:OWNS&HAS_SPAN]->(t) RETURN r"),
                query("MATCH (a)-[r]->(b) WHERE r:OWNS RETURN count(*) AS n", "[3]"),
                query(
                        "MATCH (t:Trace) WITH collect(t) AS ts UNWIND ts AS t MATCH (t)-[:HAS_SPAN]->(s)"
                                + " RETURN count(*) AS n",
                        "[5]"),
                query("MATCH (s:Span) WITH s ORDER BY s.duration_ms DESC LIMIT $two RETURN s", "[(s1)]", "[(s2)]"),
                query("MATCH (s:Span) RETURN s.span_id AS id ORDER BY s.duration_ms SKIP 1 LIMIT 2", "[s3]", "[s5]"),
                query(
                        "MATCH (s:Span) RETURN s.actor_type AS type, count(*) + sum(s.has_error) AS n ORDER BY n DESC, type",
                        "[tool_call, 3]",
                        "[llm_call, 2]",
                        "[session, 2]"),
                query(
                        "MATCH (s:Span) RETURN s.actor_type AS type, 2 * count(*) AS n ORDER BY max(s.duration_ms)",
                        "[llm_call, 2]",
                        "[tool_call, 4]",
                        "[session, 4]"),
                query("MATCH (s:Span) WITH s.trace_id AS t WHERE s.has_error = 1 RETURN t", "[t1]", "[t1]"),
                query("MATCH (s:Span) RETURN DISTINCT s.trace_id AS t ORDER BY s.trace_id DESC", "[t2]", "[t1]"),
                query("MATCH (t:Trace)-->(s) WITH t, count(s) AS n WHERE n > 1 RETURN t.trace_id AS t, n", "[t1, 4]"),
                query(
                        "MATCH (a:Agent {agent_id: 'a1'}), (t:Trace {trace_id: 't1'}) WITH a AS t, t AS a RETURN a, t",
                        "[(t1), (a1)]"),
                query(
                        "MATCH (a:Agent) RETURN a AS n UNION MATCH (t:Trace)<--(a:Agent {name: 'one'}) RETURN a AS n",
                        "[(a1)]",
                        "[(a2)]",
                        "[(a3)]"),
                query(
                        "MATCH (a:Agent {name: 'one'}) RETURN a AS n, 1 AS x UNION ALL RETURN null AS n, 2 AS x",
                        "[(a1), 1]",
                        "[null, 2]"),
                query("RETURN 1 AS a, 2 AS b UNION RETURN 2 AS b, 1 AS a", "[1, 2]"),
                query(
                        "UNWIND [3, null, 1] AS x RETURN x, x IN [1, null] AS i, CASE x WHEN > 2 THEN 'a' WHEN 1, 2"
                                + " THEN 'b' WHEN IS NULL THEN 'c' END AS c",
                        "[3, null, a]",
                        "[null, null, c]",
                        "[1, true, b]"),
                query(
                        "RETURN 1 < 2 <= 2 <> 3 AS a, NOT NOT true AS b, true XOR true XOR true AS c",
                        "[true, true, true]"),
                query(
                        "RETURN 2 + 3 * 2 ^ 2 AS a, -2 ^ 2 AS b, 7 / 2 AS c, 7 % 4 AS d, 'a' + 1 AS e, [1] + 2 AS f",
                        "[14.0, 4.0, 3, 3, a1, [1, 2]]"),
                query(
                        "WITH {a: {b: [1, 2, 3]}} AS m RETURN m.a.b[1..] AS x, m['a'].b[-1] AS y, m.none AS z",
                        "[[2, 3], 3, null]"),
                query(
                        "MATCH (t:Trace)-->(s) WITH t, s ORDER BY s.duration_ms WITH t, collect(s) AS ss RETURN t,"
                                + " [s IN ss WHERE s.duration_ms > t.duration_ms / 5 | s.span_id] AS x,"
                                + " all(s IN ss WHERE s.has_error = 0) AS a, any(s IN ss WHERE s.has_error = 1) AS b,"
                                + " none(s IN ss WHERE s.name = 'x') AS c, single(s IN ss WHERE s.duration_ms < 20) AS d",
                        "[(t1), [s2, s1], false, true, null, true]",
                        "[(t2), [s5], true, false, null, false]"),
                query(
                        "UNWIND [[1, null, 3], [], null] AS xs RETURN [x IN xs WHERE x > 1] AS a, [x IN xs |"
                                + " [y IN [x, 2] WHERE y = 2 | x]] AS b, all(x IN xs WHERE x > 0) AS c,"
                                + " none(x IN xs WHERE x > 2) AS d",
                        "[[3], [[1], [null], [3]], null, false]",
                        "[[], [], true, true]",
                        "[null, null, null, null]"),
                query(
                        "MATCH p = (s)-[:CHILD_OF*0..]->(r {span_id: 's1'}) RETURN s.span_id AS id, length(p) AS n,"
                                + " [x IN nodes(p) | x.span_id] AS ids, relationships(p) AS rs, p ORDER BY id",
                        "[s1, 0, [s1], [], <(s1)>]",
                        "[s2, 1, [s2, s1], [[s2-s1]], <(s2)[s2-s1](s1)>]",
                        "[s3, 1, [s3, s1], [[s3-s1]], <(s3)[s3-s1](s1)>]",
                        "[s4, 2, [s4, s2, s1], [[s4-s2], [s2-s1]], <(s4)[s4-s2](s2)[s2-s1](s1)>]"),
                query(
                        "MATCH (r {span_id: 's1'}) MATCH p = (t:Trace)-->(s {span_id: 's4'})-[:CHILD_OF*]->(r)"
                                + " RETURN length(p) AS n, nodes(p) AS ns, relationships(p) AS rs",
                        "[3, [(t1), (s4), (s2), (s1)], [[t1-s4], [s4-s2], [s2-s1]]]"),
                query(
                        "MATCH (a:Agent) OPTIONAL MATCH p = (a)-->(t {has_error: 1}) WITH a, p ORDER BY a.agent_id"
                                + " RETURN p, length(p) AS n, [x IN nodes(p) | labels(x)] AS ls ORDER BY a.agent_id",
                        "[<(a1)[a1-t1](t1)>, 1, [[Agent], [Trace]]]",
                        "[null, null, null]",
                        "[null, null, null]"),
                query(
                        "MATCH p = (s:Span)-[:CHILD_OF*]->(r) WHERE length(p) = 2 OR all(x IN nodes(p) WHERE"
                                + " x.has_error = 0) RETURN s.span_id AS id, length(p) AS n ORDER BY id",
                        "[s3, 1]",
                        "[s4, 2]"),
                query(
                        "UNWIND [[1, 2, 3], [], null, [null]] AS xs RETURN reduce(a = 0, x IN xs | a * 10 + x) AS n,"
                                + " reduce(a = [], x IN xs | [x] + a) AS r",
                        "[123, [3, 2, 1]]",
                        "[0, []]",
                        "[null, null]",
                        "[null, [null]]"),
                query(
                        "MATCH (a:Agent) OPTIONAL MATCH (a)-->(t {has_error: 1}) WITH a, t, 1 AS x,"
                                + " t {.trace_id, y: 2, n: a.name} AS m ORDER BY a.agent_id"
                                + " RETURN keys(m) AS ks, m.n AS n, t {.has_error, .*, id: 0, x}.id AS i,"
                                + " t {.*}.trace_id AS t ORDER BY a.agent_id",
                        "[[trace_id, y, n], one, 0, t1]",
                        "[null, null, null, null]",
                        "[null, null, null, null]"),
                query(
                        "UNWIND [1, 1.5, 'x', null, [1, null], date('2026-11-21')] AS v RETURN v IS :: INTEGER AS a,"
                                + " v IS :: INTEGER | FLOAT NOT NULL AS b, v IS NOT :: LIST<INT> AS c,"
                                + " v IS :: DATE NOT NULL AS d",
                        "[true, true, true, false]",
                        "[false, true, true, false]",
                        "[false, false, true, false]",
                        "[true, true, false, false]",
                        "[false, false, false, false]",
                        "[false, false, true, true]"),
                query(
                        "MATCH (a:Agent) WITH a, CASE a.agent_id WHEN 'a1' THEN 'name' WHEN 'a2' THEN 'agent_id' END AS k"
                                + " ORDER BY a.agent_id RETURN a[k] AS x ORDER BY a.agent_id",
                        "[one]",
                        "[a2]",
                        "[null]"),
                query(
                        "UNWIND [duration('PT1S'), duration('PT3S')] AS d RETURN sum(d).seconds AS s, avg(d).seconds AS a,"
                                + " max(d).seconds AS m, count(DISTINCT d) + 1 AS n",
                        "[4, 2, 3, 3]"),
                query(
                        "UNWIND [1, 2, 2, 'a', null] AS v RETURN min(v) AS a, max(v) AS b, collect(DISTINCT v) AS c",
                        "[a, 2, [1, 2, a]]"),
                query(
                        "UNWIND [1, 2, 2, 3] AS v RETURN sum(DISTINCT v) AS a, avg(DISTINCT v) AS b,"
                                + " stDevP(DISTINCT v) > 0.8 AS c, percentileDisc(DISTINCT v, 0.5) AS d,"
                                + " percentileCont(v, 0.25) AS e, stDev(v) > 0.8 AS f",
                        "[6, 2.0, true, 2, 1.75, true]"),
                query(
                        "RETURN 'a' || 'b' AS a, [1] || [2] AS b, 'a' || null AS c, trim('x' FROM 'xaxx') AS d,"
                                + " ltrim('  a ') || '.' AS e, rtrim('abab', 'ba') AS f, char_length('h\u00e9') AS g,"
                                + " toIntegerList(['1', 'x', 2.7, true]) AS h",
                        "[ab, [1, 2], null, a, a ., , 2, [1, null, 2, 1]]"),
                query("MATCH (s:Span) WHERE NOT (s)-[:CHILD_OF]->(:Span) RETURN s", "[(s1)]", "[(s5)]"),
                query("MATCH (s:Span) WHERE exists((s)<-[:CHILD_OF]-()) AND s.has_error = 0 RETURN s", "[(s1)]"),
                query(
                        "MATCH (a:Agent) WHERE EXISTS { (a)-[:OWNS]->(t) WHERE NOT (t)-[:HAS_SPAN]->() } RETURN a",
                        "[(a2)]"),
                query(
                        "MATCH (a:Agent) OPTIONAL MATCH (a)-->(t:Trace) WHERE NOT (t)-->() RETURN a, t",
                        "[(a1), null]",
                        "[(a2), (t3)]",
                        "[(a3), null]"),
                query("MATCH (a:Agent), (t:Trace) WHERE NOT (a)-->(t) RETURN count(*) AS n", "[6]"),
                query(
                        "MATCH (s:Span {span_id: 's1'}) RETURN s['duration_ms'] AS x, exists(s.input_hash) AS y,"
                                + " s:Span AS z",
                        "[100, false, true]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void givesTheRows(String query, List<String> expected) {
        List<String> rows = SmallLake.rows(query);
        List<String> answers = SmallLake.answers(query);

        if (query.contains("ORDER BY") || query.contains("UNWIND [")) {
            assertThat(rows).isEqualTo(expected);
            assertThat(answers).as("by the engine").isEqualTo(expected);
        } else {
            assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(answers).as("by the engine").containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static Arguments query(String text, String... rows) {
        return Arguments.of(text, List.of(rows));
    }
}
