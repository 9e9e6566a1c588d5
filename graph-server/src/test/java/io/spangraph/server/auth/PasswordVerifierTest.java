package io.spangraph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PasswordVerifierTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> waits = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();

    /** The password is {@code right}, the cost next to none. */
    private final Optional<PasswordHash> hash =
            PasswordHash.parse("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$kgPwZ9DAehBT966hqnz1RvMedn9cKCTI012WUoxq9i8");

    private final InetAddress here = address("192.0.2.1");
    private final InetAddress elsewhere = address("192.0.2.2");

    /** Runs what it is given at once, and notes for how long it would have waited. */
    private final PasswordVerifier verifier = new PasswordVerifier(this::noted, nanos::get);

    /** Runs nothing before it is told to. */
    private final PasswordVerifier busy = new PasswordVerifier(delay -> held::add, nanos::get);

    private Executor noted(Duration delay) {
        waits.add(delay.toMillis());
        return Runnable::run;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private boolean verify(String user, Optional<PasswordHash> stored, String password, InetAddress client) {
        return verifier.verify(new Credentials.Basic(user, password), stored, client)
                .join();
    }

    private CompletableFuture<Boolean> begin(String user, String password, InetAddress client) {
        return busy.verify(new Credentials.Basic(user, password), hash, client);
    }

    private static QueryException refusal(CompletableFuture<Boolean> outcome) {
        assertThat(outcome).isCompletedExceptionally();
        QueryException refused = (QueryException) outcome.exceptionNow();
        assertThat(refused.code()).isEqualTo(QueryErrorCode.TOO_MANY_LOGINS);
        return refused;
    }

    private void guess(int times) {
        for (int attempt = 0; attempt < times; attempt++) {
            assertThat(verify("ann", hash, "guess " + attempt, here)).isFalse();
            nanos.addAndGet(Duration.ofMillis(waits.getLast()).toNanos());
        }
    }

    @Test
    void knowsTheRightPassword() {
        assertThat(verify("ann", hash, "right", here)).isTrue();
        assertThat(verify("ann", hash, "right", here)).isTrue();
        assertThat(verify("ann", hash, "wrong", here)).isFalse();
        assertThat(verify("nobody", Optional.empty(), "", here)).isFalse();
        assertThat(waits).containsExactly(0L, 0L, 0L);
    }

    @Test
    void slowsDownThoseWhoGuess() {
        guess(10);
        assertThat(waits).containsExactly(0L, 0L, 0L, 250L, 500L, 1000L, 2000L, 4000L, 8000L, 8000L);
        assertThat(verify("ann", hash, "right", here)).isTrue();
        waits.clear();
        assertThat(verify("ann", hash, "wrong again", here)).isFalse();
        assertThat(waits).containsExactly(0L);
    }

    @Test
    void doesNotWaitForTimeThatHasPassed() {
        guess(4);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        waits.clear();
        assertThat(verify("ann", hash, "right", here)).isTrue();
        assertThat(waits).containsExactly(0L);
    }

    @Test
    void guessesAtTheSameTimeAreGuessesAsWell() {
        List<CompletableFuture<Boolean>> guesses = new ArrayList<>();
        for (int attempt = 0; attempt < 20; attempt++) {
            guesses.add(begin("ann", "guess " + attempt, here));
        }
        assertThat(held).hasSize(8);
        assertThat(refusal(guesses.get(8)))
                .hasMessage("There were too many failed log-ins of this user from this address.");
        assertThat(refusal(guesses.getLast()).hint()).contains("Try again in 16 s.");
        assertThat(begin("bea", "right", here)).isNotDone();
        assertThat(held).hasSize(9);
    }

    @Test
    void aGuesserDoesNotSlowDownTheUserItself() {
        assertThat(verify("ann", hash, "right", here)).isTrue();
        guess(9);
        waits.clear();
        assertThat(verify("ann", hash, "right", here)).isTrue();
        assertThat(waits).as("remembered").isEmpty();
        guess(9);
        waits.clear();
        assertThat(verify("ann", hash, "right", elsewhere)).isTrue();
        assertThat(waits).isEmpty();
    }

    @Test
    void otherMachinesAreNotSlowedDown() {
        guess(9);
        waits.clear();
        assertThat(verify("ann", hash, "right", elsewhere)).isTrue();
        assertThat(waits).containsExactly(0L);
    }

    @Test
    void addressesOfOneNetworkAreOneMachine() {
        assertThat(ClientNetwork.of(address("2001:db8::1"))).isEqualTo(ClientNetwork.of(address("2001:db8::ffff:1")));
        assertThat(ClientNetwork.of(address("2001:db8::1"))).isNotEqualTo(ClientNetwork.of(address("2001:db8:0:1::1")));
        assertThat(ClientNetwork.of(here)).isNotEqualTo(ClientNetwork.of(elsewhere));
    }

    @Test
    void theSamePasswordIsComparedOnce() {
        List<CompletableFuture<Boolean>> pool = new ArrayList<>();
        for (int connection = 0; connection < 500; connection++) {
            pool.add(begin("ann", "right", here));
        }
        assertThat(held).hasSize(1);
        held.getFirst().run();
        assertThat(pool).allSatisfy(login -> assertThat(login).isCompletedWithValue(true));
    }

    @Test
    void holdsPlacesForOthersWhenOneMachineFloods() {
        List<CompletableFuture<Boolean>> flood = new ArrayList<>();
        for (int name = 0; name < 65; name++) {
            flood.add(begin("name " + name, "x", here));
        }
        assertThat(held).hasSize(64);
        assertThat(refusal(flood.getLast())).hasMessage("There are already 64 log-ins under way from this address.");
        CompletableFuture<Boolean> victim = begin("ann", "right", elsewhere);
        List.copyOf(held).forEach(Runnable::run);
        assertThat(victim).isCompletedWithValue(true);
        assertThat(begin("ben", "x", here)).as("all places are free again").isNotDone();
    }

    @Test
    void aChangedPasswordIsNotRemembered() {
        assertThat(verify("ann", hash, "right", here)).isTrue();
        assertThat(verify("ann", Optional.of(PasswordHash.of("other")), "right", here))
                .isFalse();
        assertThat(verify("ann", Optional.empty(), "right", here)).isFalse();
    }

    @Test
    void limitsWhatWaitsInAll() {
        WaitingRoom room = new WaitingRoom(2, 2);
        room.enter(ClientNetwork.of(here));
        room.enter(ClientNetwork.of(elsewhere));
        assertThat(catchThrowableOfType(QueryException.class, () -> room.enter(ClientNetwork.of(here))))
                .hasMessage("There are already 2 log-ins under way.");
        room.leave(ClientNetwork.of(elsewhere));
        room.enter(ClientNetwork.of(here));
    }
}
