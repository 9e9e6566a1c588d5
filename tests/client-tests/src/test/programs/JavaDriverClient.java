import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.LogManager;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.QueryConfig;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Value;
import org.neo4j.driver.Values;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.summary.Plan;
import org.neo4j.driver.summary.ResultSummary;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Relationship;

/**
 * Uses the Java driver as its users do. Launched from source, so that one program runs with every version of the driver.
 * Prints a line for each feature; asks the test by a line when something has to happen on the other side.
 */
@SuppressWarnings("deprecation") // of the 6 line; both lines have these methods
class JavaDriverClient {
    private static final int MILLION = 1_000_000;
    private static final BufferedReader ANSWERS = new BufferedReader(new InputStreamReader(System.in));

    private final String uri;
    private final Driver driver;

    private interface Check {
        void run() throws Exception;
    }

    private JavaDriverClient(String uri, Driver driver) {
        this.uri = uri;
        this.driver = driver;
    }

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        String uri = args[0];
        try (Driver driver = GraphDatabase.driver(uri, AuthTokens.basic("alice", "wonderland"))) {
            JavaDriverClient client = new JavaDriverClient(uri, driver);
            check("connect", client::connect);
            check("routing", client::routing);
            check("values", client::values);
            check("parameters", client::parameters);
            check("nodes", client::nodes);
            check("relationships", client::relationships);
            check("paths", client::paths);
            check("transaction", client::transaction);
            check("stream", client::stream);
            check("cancel", client::cancel);
            check("timeout", client::timeout);
            check("error", client::error);
            check("plan", client::plan);
            check("notifications", client::notifications);
            check("tenant", client::tenant);
            check("procedures", client::procedures);
            check("reconnect", client::reconnect);
            check("tls", client::tls);
        }
    }

    private static void check(String feature, Check check) {
        try {
            check.run();
            System.out.println("@ok " + feature);
        } catch (Throwable e) {
            String where = Arrays.stream(e.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("JavaDriverClient"))
                    .findFirst()
                    .map(frame -> " at line " + frame.getLineNumber())
                    .orElse("");
            System.out.println("@fail " + feature + ": " + String.valueOf(e).replaceAll("\\s+", " ") + where);
        }
    }

    private static String ask(String what) throws Exception {
        System.out.println("@ask " + what);
        return ANSWERS.readLine();
    }

    private static void equal(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + " but got " + actual);
        }
    }

    private static void that(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("not so: " + what);
        }
    }

    private void connect() {
        driver.verifyConnectivity();
        that(driver.verifyAuthentication(AuthTokens.basic("alice", "wonderland")), "the password is right");
        that(!driver.verifyAuthentication(AuthTokens.basic("alice", "wrong")), "a wrong password is noticed");
        try (Session session = driver.session()) {
            Result result = session.run("RETURN 1 AS one");
            equal(1, result.single().get("one").asInt());
            ResultSummary summary = result.consume();
            that(summary.server().agent().startsWith("Neo4j/"), summary.server().agent());
            that(summary.server().protocolVersion().compareTo("5.8") >= 0, summary.server().protocolVersion());
            equal("clients", summary.database().name());
        }
    }

    private void routing() {
        String routed = uri.replace("bolt://", "neo4j://");
        try (Driver routing = GraphDatabase.driver(routed, AuthTokens.basic("alice", "wonderland"))) {
            routing.verifyConnectivity();
            var answer = routing.executableQuery("MATCH (s:Sample) RETURN count(*) AS n")
                    .withConfig(QueryConfig.builder().withDatabase("clients").build())
                    .execute();
            that(answer.records().get(0).get("n").asInt() >= 2, "there are samples");
        }
    }

    private void values() {
        try (Session session = driver.session()) {
            Record row = session.run("MATCH (s:Sample {id: 'a1'}) RETURN properties(s) AS p").single();
            Value p = row.get("p");
            equal(true, p.get("flag").asBoolean());
            equal(7L, p.get("small").asLong());
            equal(1L << 40, p.get("large").asLong());
            equal(0.5, p.get("single").asDouble());
            equal(2.25, p.get("wide").asDouble());
            equal("grün 🙂", p.get("text").asString());
            that(Arrays.equals(new byte[] {1, 2}, p.get("raw").asByteArray()), "bytes");
            equal("1363f25c-aeb7-4570-9d32-0a1b2c3d4e5f", p.get("uuid").asString());
            equal(LocalDate.of(2026, 11, 21), p.get("day").asLocalDate());
            equal(LocalTime.of(12, 0, 0, 123_456_000), p.get("clock").asLocalTime());
            equal(LocalDateTime.of(2026, 11, 21, 12, 0, 0, 123_456_000), p.get("local").asLocalDateTime());
            equal(
                    ZonedDateTime.of(2026, 11, 21, 10, 0, 0, 123_456_000, ZoneOffset.UTC).toInstant(),
                    p.get("instant").asZonedDateTime().toInstant());
            equal(12.5, p.get("money").asDouble());
            equal(Arrays.asList("a", null), p.get("tags").asList(value -> value.isNull() ? null : value.asString()));
            equal(Map.of("k", 9L), p.get("attributes").asMap());
            that(p.get("missing").isNull(), "a property that is null is not there");
        }
    }

    private void parameters() {
        Map<String, Object> sent = new HashMap<>();
        sent.put("null", null);
        sent.put("yes", true);
        sent.put("integer", Long.MIN_VALUE);
        sent.put("float", -1.5e300);
        sent.put("text", "it's \"grün\" 🙂\n");
        sent.put("bytes", new byte[] {0, -1});
        sent.put("list", List.of(1L, List.of("x")));
        sent.put("map", Map.of("a", Map.of("b", 2L)));
        sent.put("date", LocalDate.of(1969, 12, 31));
        sent.put("localTime", LocalTime.of(1, 2, 3, 4));
        sent.put("time", OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3)));
        sent.put("localDateTime", LocalDateTime.of(1900, 1, 1, 0, 0, 0, 5));
        sent.put("offset", ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 0, ZoneOffset.ofHours(2)));
        sent.put("zoned", ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Paris")));
        try (Session session = driver.session()) {
            for (Map.Entry<String, Object> one : sent.entrySet()) {
                Value back = session.run("RETURN $x AS x", Values.parameters("x", one.getValue())).single().get("x");
                equal(Values.value(one.getValue()), back);
            }
            Value duration = session.run("RETURN $x AS x", Values.parameters("x", Values.isoDuration(1, 2, 3, 4)))
                    .single().get("x");
            equal(Values.isoDuration(1, 2, 3, 4), duration);
            fails("Neo.ClientError.Statement.ParameterMissing", () -> session.run("RETURN $nothing").list());
        }
    }

    private void nodes() {
        try (Session session = driver.session()) {
            Node node = session.run("MATCH (s:Sample {id: $id}) RETURN s", Map.of("id", "a1")).single().get("s").asNode();
            equal(List.of("Sample"), (List<String>) node.labels());
            equal(7L, node.get("small").asLong());
            equal("Sample[a1]", node.elementId());
            Node same = session.run("MATCH (s) WHERE elementId(s) = $id RETURN s", Map.of("id", node.elementId()))
                    .single().get("s").asNode();
            equal(node, same);
        }
    }

    private void relationships() {
        try (Session session = driver.session()) {
            Record row = session.run("MATCH (a:Sample)-[l:LINK]->(b:Sample) RETURN a, l, b").single();
            Relationship link = row.get("l").asRelationship();
            equal("LINK", link.type());
            equal(0.75, link.get("weight").asDouble());
            equal(row.get("a").asNode().elementId(), link.startNodeElementId());
            equal(row.get("b").asNode().elementId(), link.endNodeElementId());
        }
    }

    private void paths() {
        try (Session session = driver.session()) {
            Path path = session.run("MATCH p = (b:Sample)<-[:LINK*1..2]-(a:Sample) RETURN p").single().get("p").asPath();
            equal(1, path.length());
            equal("Sample[a2]", path.start().elementId());
            equal("Sample[a1]", path.end().elementId());
            equal(path.end().elementId(), path.relationships().iterator().next().startNodeElementId());
        }
    }

    private void transaction() throws Exception {
        String count = "MATCH (s:Sample) RETURN count(*) AS n";
        try (Session session = driver.session()) {
            long before;
            try (Transaction transaction = session.beginTransaction()) {
                before = transaction.run(count).single().get("n").asLong();
                equal("done", ask("append"));
                equal(before, transaction.run(count).single().get("n").asLong());
                Result first = transaction.run("UNWIND range(1, 5000) AS x RETURN x");
                equal(1, first.next().get("x").asInt());
                equal(2, transaction.run("RETURN 2 AS two").single().get("two").asInt());
                equal(4999, first.list().size());
                transaction.commit();
            }
            equal(before + 1, session.run(count).single().get("n").asLong());
            equal(before + 1, session.executeRead(tx -> tx.run(count).single().get("n").asLong()));
            try (Transaction transaction = session.beginTransaction()) {
                transaction.run(count).consume();
                transaction.rollback();
            }
        }
    }

    private void stream() {
        try (Session session = driver.session()) {
            Result result = session.run("MATCH (n:Number) RETURN n.n AS n, 'a text for number ' + n.n AS t");
            long rows = 0;
            long sum = 0;
            while (result.hasNext()) {
                Record row = result.next();
                sum += row.get("n").asLong();
                rows++;
            }
            equal((long) MILLION, rows);
            equal((long) MILLION * (MILLION - 1) / 2, sum);
        }
    }

    private void cancel() throws Exception {
        try (Session session = driver.session()) {
            Result result = session.run("MATCH (a:Number), (b:Number) RETURN a.n AS a, b.n AS b");
            for (int i = 0; i < 10; i++) {
                result.next();
            }
            equal("1", ask("running"));
        }
        equal("0", ask("running"));
        try (Session session = driver.session()) {
            equal(1, session.run("RETURN 1 AS one").single().get("one").asInt());
        }
    }

    private void timeout() {
        try (Session session = driver.session()) {
            fails("Neo.ClientError.Transaction.TransactionTimedOut", () -> session.run(
                            "MATCH (a:Number), (b:Number), (c:Number) RETURN sum(a.n + b.n + c.n) AS n",
                            Map.of(),
                            TransactionConfig.builder().withTimeout(Duration.ofMillis(300)).build())
                    .list());
        }
    }

    private void error() {
        try (Session session = driver.session()) {
            ClientException syntax = fails("Neo.ClientError.Statement.SyntaxError", () -> session.run("MATCH (s:Sample)\nRETRUN s").list());
            that(syntax.getMessage().contains("line 2, column 1"), syntax.getMessage());
            fails("Neo.ClientError.Statement.AccessMode", () -> session.run("CREATE (n:Sample)").list());
            fails("Neo.ClientError.Procedure.ProcedureNotFound", () -> session.run("CALL no.such.procedure()").list());
            fails("Neo.ClientError.Statement.ArithmeticError", () -> session.run("UNWIND [1, 0] AS x RETURN 1 / x").list());
            equal(1, session.run("RETURN 1 AS one").single().get("one").asInt());
        }
        try (Session other = driver.session(SessionConfig.forDatabase("nowhere"))) {
            fails("Neo.ClientError.Database.DatabaseNotFound", () -> other.run("RETURN 1").list());
        }
    }

    private static ClientException fails(String code, Check query) {
        try {
            query.run();
        } catch (ClientException e) {
            equal(code, e.code());
            return e;
        } catch (Exception e) {
            throw new AssertionError("expected " + code + " but got " + e, e);
        }
        throw new AssertionError("expected " + code + " but nothing failed");
    }

    private void plan() {
        try (Session session = driver.session()) {
            ResultSummary explained = session.run("EXPLAIN MATCH (s:Sample {id: 'a1'}) RETURN s.text").consume();
            that(explained.hasPlan(), "EXPLAIN gives a plan");
            equal("r", explained.queryType().name().equals("READ_ONLY") ? "r" : explained.queryType().name());
            Plan plan = explained.plan();
            that(!plan.operatorType().isEmpty(), "an operator has a name");
            ResultSummary profiled = session.run("PROFILE MATCH (s:Sample {id: 'a1'}) RETURN s.text").consume();
            that(profiled.hasProfile(), "PROFILE gives a profile");
            equal(1L, profiled.profile().records());
            that(profiled.profile().arguments().toString().contains("files"), profiled.profile().arguments().toString());
        }
    }

    private void notifications() {
        try (Session session = driver.session()) {
            ResultSummary summary = session.run("MATCH (a:Sample), (b:Sample) RETURN count(*)").consume();
            that(summary.notifications().toString().contains("artesian"), summary.notifications().toString());
        }
    }

    private void tenant() {
        String count = "MATCH (s:Sample) WHERE s.id STARTS WITH 'g' RETURN count(*) AS n";
        equal(0L, one(driver, SessionConfig.defaultConfig(), count));
        try (Driver service = GraphDatabase.driver(uri, AuthTokens.basic("backend", "looking-glass"))) {
            SessionConfig globex = SessionConfig.builder().withImpersonatedUser("globex").build();
            equal(1L, one(service, globex, count));
            equal(0L, one(service, SessionConfig.builder().withImpersonatedUser("acme").build(), count));
            fails("Neo.ClientError.Security.Forbidden", () -> one(service, SessionConfig.defaultConfig(), count));
        }
        fails("Neo.ClientError.Security.Forbidden",
                () -> one(driver, SessionConfig.builder().withImpersonatedUser("globex").build(), count));
    }

    private static long one(Driver driver, SessionConfig config, String query) {
        try (Session session = driver.session(config)) {
            return session.run(query).single().get(0).asLong();
        }
    }

    private void procedures() {
        try (Session session = driver.session()) {
            equal(List.of("Number", "Sample"),
                    session.run("CALL db.labels() YIELD label RETURN label ORDER BY label").list(row -> row.get(0).asString()));
            equal("alice", session.run("SHOW CURRENT USER YIELD user").single().get(0).asString());
        }
    }

    private void tls() {
        try (Driver encrypted = GraphDatabase.driver(
                uri.replace("bolt://", "bolt+ssc://"), AuthTokens.basic("alice", "wonderland"))) {
            equal(1L, one(encrypted, SessionConfig.defaultConfig(), "MATCH (s:Sample {id: 'a1'}) RETURN count(*)"));
        }
    }

    private void reconnect() throws Exception {
        try (Session session = driver.session()) {
            equal(1, session.run("RETURN 1 AS one").single().get("one").asInt());
        }
        equal("done", ask("drop"));
        try (Session session = driver.session()) {
            equal(2L, session.executeRead(tx -> tx.run("RETURN 2 AS two").single().get("two").asLong()));
        }
    }
}
