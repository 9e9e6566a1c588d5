import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogManager;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;

/** Holds many idle connections and keeps others busy for a while. Tells the test when half of the time is over. */
class SoakClient {
    private static final int IDLE = 500;
    private static final int BUSY = 64;
    private static final List<String> QUERIES = List.of(
            "MATCH (s:Sample) RETURN s ORDER BY s.id",
            "MATCH p = (:Sample)-[:LINK]->(:Sample) RETURN p",
            "MATCH (n:Number) WHERE n.n < $most RETURN n.n AS n",
            "MATCH (n:Number) WHERE n.n < 1000 RETURN n.n % 7 AS k, count(*) AS c, sum(n.n) AS s ORDER BY k",
            "UNWIND range(1, 3000) AS x RETURN x, toString(x) AS t");

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        String uri = args[0];
        Duration length = Duration.ofSeconds(Long.parseLong(args[1]));
        Config many = Config.builder().withMaxConnectionPoolSize(IDLE + BUSY).build();
        BufferedReader answers = new BufferedReader(new InputStreamReader(System.in));
        try (Driver idle = GraphDatabase.driver(uri, AuthTokens.basic("alice", "wonderland"), many);
                Driver busy = GraphDatabase.driver(uri, AuthTokens.basic("alice", "wonderland"), many)) {
            open(idle);
            AtomicLong done = new AtomicLong();
            ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
            long end = System.nanoTime() + length.toNanos();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < BUSY; i++) {
                int first = i;
                threads.add(Thread.ofPlatform().start(() -> work(busy, first, end, done, errors)));
            }
            TimeUnit.NANOSECONDS.sleep(length.toNanos() / 2);
            System.out.println("@ask half");
            answers.readLine();
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println("@ask end");
            answers.readLine();
            open(idle); // those that were idle all the time still work
            System.out.println("@done " + done + " queries, " + errors.size() + " errors"
                    + (errors.isEmpty() ? "" : ", such as " + errors.peek()));
        }
    }

    /** Opens as many connections as there are sessions with an unread answer at one time. */
    private static void open(Driver driver) {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            Session session = driver.session();
            Result result = session.run("RETURN 1 AS one");
            result.keys();
            sessions.add(session);
        }
        sessions.forEach(Session::close);
    }

    private static void work(
            Driver driver, int first, long end, AtomicLong done, ConcurrentLinkedQueue<String> errors) {
        for (int i = first; System.nanoTime() - end < 0; i++) {
            try (Session session = driver.session()) {
                Result result = session.run(QUERIES.get(i % QUERIES.size()), Map.of("most", 1 + i % 3000));
                if (i % 10 == 0 && result.hasNext()) {
                    result.next(); // leaves the rest unread
                } else {
                    result.list();
                }
                done.incrementAndGet();
            } catch (RuntimeException e) {
                errors.add(String.valueOf(e).replaceAll("\\s+", " "));
            }
        }
    }
}
