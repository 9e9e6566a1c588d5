import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.logging.LogManager;

/** Uses the JDBC driver over Bolt or HTTP, its metadata calls included. Lines as with the Java driver's program. */
class JdbcClient {
    private static final BufferedReader ANSWERS = new BufferedReader(new InputStreamReader(System.in));
    private static final int MILLION = 1_000_000;

    private final String url;

    private interface Check {
        void run() throws Exception;
    }

    private JdbcClient(String url) {
        this.url = url;
    }

    public static void main(String[] args) {
        LogManager.getLogManager().reset();
        JdbcClient client = new JdbcClient("jdbc:" + args[0] + "?timeout=30000");
        boolean http = args[0].contains("http");
        check("connect", client::connect);
        check("values", client::values);
        check("parameters", client::parameters);
        check("nodes", client::nodes);
        check("relationships", client::relationships);
        check("paths", client::paths);
        check("transaction", client::transaction);
        if (!http) { // the driver reads an answer over HTTP whole, tells no time limit, and waits for the answer in cancel()
            check("stream", client::stream);
            check("cancel", client::cancel);
        }
        check("error", client::error);
        check("metadata", client::metadata);
        check("procedures", client::procedures);
        check("reconnect", client::reconnect);
        System.exit(0); // the driver leaves threads behind
    }

    private static void check(String feature, Check check) {
        try {
            check.run();
            System.out.println("@ok " + feature);
        } catch (Throwable e) {
            String where = Arrays.stream(e.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("JdbcClient"))
                    .findFirst()
                    .map(frame -> " at line " + frame.getLineNumber())
                    .orElse("");
            System.out.println("@fail " + feature + ": " + String.valueOf(e).replaceAll("\\s+", " ") + where
                    + (e.getCause() == null ? "" : " because of " + String.valueOf(e.getCause()).replaceAll("\\s+", " ")));
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

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, "alice", "wonderland");
    }

    private void connect() throws Exception {
        try (Connection connection = open()) {
            equal(true, connection.isValid(5));
        }
        try (Connection wrong = DriverManager.getConnection(url, "alice", "wrong");
                Statement statement = wrong.createStatement();
                ResultSet rows = statement.executeQuery("RETURN 1")) {
            throw new AssertionError("a wrong password was accepted: " + rows.next());
        } catch (SQLException | CompletionException expected) {
            // as it should be
        }
    }

    private void values() throws Exception {
        try (Connection connection = open(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("MATCH (s:Sample {id: 'a1'}) RETURN s.flag AS flag, s.small AS small,"
                        + " s.large AS large, s.wide AS wide, s.text AS text, s.raw AS raw, s.day AS day, s.local AS local,"
                        + " s.tags AS tags, s.missing AS missing")) {
            equal(true, rows.next());
            equal(true, rows.getBoolean("flag"));
            equal(7, rows.getInt("small"));
            equal(1L << 40, rows.getLong("large"));
            equal(2.25, rows.getDouble("wide"));
            equal("grün 🙂", rows.getString("text"));
            equal(true, Arrays.equals(new byte[] {1, 2}, rows.getBytes("raw")));
            equal(Date.valueOf("2026-11-21"), rows.getDate("day"));
            equal(LocalDateTime.of(2026, 11, 21, 12, 0, 0, 123_456_000), rows.getObject("local", LocalDateTime.class));
            equal(null, rows.getString("missing"));
            equal(false, rows.next());
        }
    }

    private void parameters() throws Exception {
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement("RETURN $1 AS a, $2 AS b, $3 AS c")) {
            statement.setString(1, "it's");
            statement.setLong(2, Long.MAX_VALUE);
            statement.setDate(3, Date.valueOf(LocalDate.of(1969, 12, 31)));
            try (ResultSet rows = statement.executeQuery()) {
                equal(true, rows.next());
                equal("it's", rows.getString(1));
                equal(Long.MAX_VALUE, rows.getLong(2));
                equal(Date.valueOf("1969-12-31"), rows.getDate(3));
            }
        }
    }

    private Object one(String query) throws SQLException {
        try (Connection connection = open(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getObject(1);
        }
    }

    private void nodes() throws Exception {
        Object node = one("MATCH (s:Sample {id: 'a1'}) RETURN s");
        equal(true, String.valueOf(((org.neo4j.jdbc.values.Node) node).labels()).contains("Sample"));
    }

    private void relationships() throws Exception {
        Object link = one("MATCH (:Sample)-[l:LINK]->(:Sample) RETURN l");
        equal("LINK", ((org.neo4j.jdbc.values.Relationship) link).type());
    }

    private void paths() throws Exception {
        Object path = one("MATCH p = (:Sample)-[:LINK]->(:Sample) RETURN p");
        equal(1, ((org.neo4j.jdbc.values.Path) path).length());
    }

    private void transaction() throws Exception {
        String count = "MATCH (s:Sample) RETURN count(*) AS n";
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long before = count(statement, count);
            equal("done", ask("append"));
            equal(before, count(statement, count));
            connection.commit();
            equal(before + 1, count(statement, count));
            connection.rollback();
        }
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void stream() throws Exception {
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            statement.setFetchSize(10_000);
            long sum = 0;
            try (ResultSet rows = statement.executeQuery("MATCH (n:Number) RETURN n.n AS n")) {
                while (rows.next()) {
                    sum += rows.getLong(1);
                }
            }
            equal((long) MILLION * (MILLION - 1) / 2, sum);
        }
    }

    private void cancel() throws Exception {
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            try (ResultSet rows = statement.executeQuery("MATCH (a:Number), (b:Number), (c:Number) RETURN sum(a.n + b.n + c.n)")) {
                throw new AssertionError("no timeout: " + rows.next());
            } catch (SQLException expected) {
                // as it should be
            }
        }
        equal("0", ask("running"));
    }

    private void error() throws Exception {
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            statement.executeQuery("MATCH (s:Sample)\nRETRUN s").next();
            throw new AssertionError("nothing failed");
        } catch (SQLException e) {
            StringBuilder messages = new StringBuilder();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                messages.append(cause.getMessage()).append(' ');
            }
            that(messages.indexOf("line 2, column 1") >= 0, messages.toString());
        }
    }

    private void metadata() throws Exception {
        try (Connection connection = open()) {
            DatabaseMetaData metadata = connection.getMetaData();
            equal("alice", metadata.getUserName());
            equal(true, metadata.isReadOnly());
            equal(true, metadata.getDatabaseProductVersion().startsWith("5."));
            equal(true, metadata.allProceduresAreCallable());
            Set<String> tables = names(metadata.getTables(null, null, null, null), "TABLE_NAME");
            equal(true, tables.containsAll(Set.of("Sample", "Number", "Sample_LINK_Sample")));
            Set<String> columns = names(metadata.getColumns(null, null, "Sample", null), "COLUMN_NAME");
            equal(true, columns.containsAll(Set.of("flag", "small", "text", "day")));
            equal(true, names(metadata.getProcedures(null, null, null), "PROCEDURE_NAME").contains("db.labels"));
            equal(true, names(metadata.getFunctions(null, null, null), "FUNCTION_NAME").contains("coalesce"));
            equal(true, names(metadata.getPrimaryKeys(null, null, "Sample"), "COLUMN_NAME").contains("id"));
            names(metadata.getIndexInfo(null, null, "Sample", false, false), "TABLE_NAME");
            names(metadata.getCatalogs(), "TABLE_CAT");
            names(metadata.getSchemas(), "TABLE_SCHEM");
            names(metadata.getTableTypes(), "TABLE_TYPE");
        }
    }

    private static Set<String> names(ResultSet rows, String column) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (rows) {
            while (rows.next()) {
                names.add(String.valueOf(rows.getString(column)));
            }
        }
        return names;
    }

    private void procedures() throws Exception {
        equal(true, one("CALL db.labels() YIELD label RETURN collect(label) AS labels").toString().contains("Sample"));
    }

    private void reconnect() throws Exception {
        equal(1L, ((Number) one("RETURN 1 AS one")).longValue());
        equal("done", ask("drop"));
        equal(2L, ((Number) one("RETURN 2 AS two")).longValue());
    }
}
