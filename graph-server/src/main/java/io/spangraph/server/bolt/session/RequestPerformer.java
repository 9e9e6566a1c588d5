package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.value.Value;
import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.auth.Login;
import io.spangraph.server.bolt.message.AuthToken;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.message.NotificationFilter;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.message.TransactionOptions;
import io.spangraph.server.bolt.session.SessionState.Authentication;
import io.spangraph.server.bolt.session.SessionState.Defunct;
import io.spangraph.server.bolt.session.SessionState.Failed;
import io.spangraph.server.bolt.session.SessionState.Interrupted;
import io.spangraph.server.bolt.session.SessionState.Negotiation;
import io.spangraph.server.bolt.session.SessionState.Ready;
import io.spangraph.server.bolt.session.SessionState.Streaming;
import io.spangraph.server.bolt.session.SessionState.TxReady;
import io.spangraph.server.bolt.session.SessionState.TxStreaming;
import io.spangraph.server.bolt.session.Turns.Place;
import io.spangraph.server.bolt.transport.BoltConnection;
import io.spangraph.server.query.Bookmark;
import io.spangraph.server.query.QueryService;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Does what requests ask for and answers them. Used by one thread at a time: the one whose turn it is.
 */
final class RequestPerformer {
    /** A client hears something within this time, or the server is gone. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("bolt-request").start(task);

    private final BoltConnection connection;
    private final Output output;
    private final QueryService service;
    private final Authenticator authenticator;
    private final SessionSettings settings;
    private final Supplier<String> address;
    private final LiveQueries live;
    private final Turns turns;
    private final QueryRequests queries;
    private volatile SessionState state = new Negotiation();
    private NotificationFilter notifications = NotificationFilter.UNSET;
    private boolean knownClient;

    /** Whether a request is done. */
    enum Progress {
        DONE,
        /** It goes on elsewhere, and {@link Turns} will be told. */
        LATER
    }

    RequestPerformer(
            BoltConnection connection,
            Output output,
            QueryService service,
            Authenticator authenticator,
            SessionSettings settings,
            Supplier<String> address,
            LiveQueries live,
            Turns turns) {
        this.connection = connection;
        this.output = output;
        this.service = service;
        this.authenticator = authenticator;
        this.settings = settings;
        this.address = address;
        this.live = live;
        this.turns = turns;
        this.queries = new QueryRequests(this, service, settings, output, live, turns);
    }

    SessionState state() {
        return state;
    }

    void become(SessionState next) {
        state = next;
    }

    NotificationFilter notifications() {
        return notifications;
    }

    /** For whom and on what a transaction runs that begins now. */
    QueryScope scope(TransactionOptions options) {
        Login login = authenticator.confirmed(state.login().orElseThrow());
        return QueryScope.of(login, graph(), options, notifications);
    }

    GraphSchema graph() {
        return service.graph().schema();
    }

    Summary summary() {
        return new Summary(connection.version(), graph().name());
    }

    Progress perform(BoltRequest request, Place place) {
        RequestKind kind = RequestKind.of(request);
        if (live.isInterrupted() && state.login().isPresent()) {
            interrupted();
        }
        return switch (state.verdict(kind)) {
            case PERFORM -> allowed(request, place);
            case IGNORE -> done(new BoltResponse.Ignored());
            case REFUSE -> {
                refuse("The message " + kind + " has no place in the state "
                        + state.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " of the connection.");
                yield Progress.DONE;
            }
        };
    }

    private Progress allowed(BoltRequest request, Place place) {
        return switch (request) {
            case BoltRequest.Hello hello -> hello(hello);
            case BoltRequest.Logon logon -> logIn(logon.token(), Map.of());
            case BoltRequest.Logoff logoff -> {
                become(new Authentication());
                yield done(Map.of());
            }
            case BoltRequest.Goodbye goodbye -> {
                end();
                yield Progress.DONE;
            }
            case BoltRequest.Reset reset -> reset();
            case BoltRequest.Run run -> queries.run(run);
            case BoltRequest.Begin begin -> begin(begin);
            case BoltRequest.Commit commit -> commit();
            case BoltRequest.Rollback rollback -> rollback();
            case BoltRequest.Pull(long count, long id) ->
                queries.rows(id, result -> Demand.toSend(result, count), place);
            case BoltRequest.Discard(long count, long id) -> queries.skip(id, count, place);
            case BoltRequest.Telemetry telemetry -> done(Map.of());
            case BoltRequest.Route route -> route(route);
            case BoltRequest.Refused(QueryException problem) -> failed(problem);
        };
    }

    Progress done(BoltResponse response) {
        output.write(response);
        return Progress.DONE;
    }

    Progress done(Map<String, Value> metadata) {
        return done(new BoltResponse.Success(metadata));
    }

    private Progress hello(BoltRequest.Hello hello) {
        notifications = hello.notifications();
        Map<String, Value> answer = LoginSteps.hello(hello, connection, settings.agent(), LONGEST_SILENCE);
        if (connection.version().isAtLeast(ProtocolVersion.V5_1)) {
            become(new Authentication());
            return done(answer);
        }
        return logIn(hello.token().orElseGet(() -> new AuthToken("none", Optional.empty(), Optional.empty())), answer);
    }

    private Progress logIn(AuthToken token, Map<String, Value> answer) {
        CompletableFuture<Login> login;
        try {
            login = authenticator.authenticateLater(LoginSteps.credentials(token), connection.clientAddress());
        } catch (QueryException e) {
            return failed(e);
        }
        CompletableFuture<Login> unused = login.whenCompleteAsync(
                (user, failure) -> turns.guard(() -> {
                    if (failure == null) {
                        loggedIn(user, answer);
                    } else {
                        failed(refusal(failure));
                    }
                    turns.goOn(Place.ELSEWHERE);
                }),
                VIRTUAL);
        return Progress.LATER;
    }

    private void loggedIn(Login login, Map<String, Value> answer) {
        become(new Ready(login));
        if (!knownClient) {
            knownClient = true;
            connection.authenticated();
        }
        done(answer);
    }

    private static QueryException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof QueryException typed
                ? typed
                : QueryException.of(QueryErrorCode.INTERNAL, "The log-in failed because of an error in Spangraph.")
                        .causedBy(cause);
    }

    private Progress begin(BoltRequest.Begin begin) {
        Login login = state.login().orElseThrow();
        VIRTUAL.execute(() -> turns.guard(() -> {
            try {
                QueryScope scope = scope(begin.options());
                // At BEGIN and not at the first query, so that a client can say from when on it sees one state. That
                // costs no trip to the catalog that its queries would not make, within the time of 'freshness'.
                OpenTransaction transaction = new OpenTransaction(
                        scope,
                        service.transactions(),
                        service.transactions().begin(scope.principal(), service.pinAll(scope.snapshot())));
                become(new TxReady(login, transaction));
                done(Map.of());
            } catch (QueryException e) {
                failed(e);
            }
            turns.goOn(Place.ELSEWHERE);
        }));
        return Progress.LATER;
    }

    private Progress commit() {
        Optional<OpenTransaction> transaction = transaction();
        try {
            transaction.ifPresent(OpenTransaction::use);
        } catch (QueryException e) {
            return failed(e);
        }
        Map<String, Value> metadata = transaction
                .<Map<String, Value>>map(committed -> Map.of(
                        "bookmark", Value.of(Bookmark.of(committed.transaction().snapshots()))))
                .orElse(Map.of());
        closeAll();
        become(new Ready(state.login().orElseThrow()));
        return done(metadata);
    }

    private Progress rollback() {
        closeAll();
        become(new Ready(state.login().orElseThrow()));
        return done(Map.of());
    }

    private Progress route(BoltRequest.Route route) {
        String graph = graph().name();
        try {
            route.database().ifPresent(name -> Databases.check(name, graph));
        } catch (QueryException e) {
            return failed(e);
        }
        return done(LoginSteps.route(route, graph, address.get()));
    }

    private Progress reset() {
        closeAll();
        Login login = state.login().orElseThrow();
        become(live.reset() ? new Ready(login) : new Interrupted(login));
        return done(Map.of());
    }

    private void interrupted() {
        closeAll();
        become(new Interrupted(state.login().orElseThrow()));
    }

    /** A request has failed. Without a log-in there is nothing to go on with. */
    Progress failed(QueryException failure) {
        closeAll();
        Optional<Login> login = state.login();
        if (login.isPresent() && live.isInterrupted()) {
            become(new Interrupted(login.get()));
            return done(new BoltResponse.Ignored());
        }
        output.write(FailureForm.of(failure));
        if (login.isPresent()) {
            become(new Failed(login.get()));
            output.giveTimeToRead();
        } else {
            become(new Defunct());
            output.close();
        }
        return Progress.DONE;
    }

    /** The client has left the protocol: says so and closes. */
    void refuse(String problem) {
        closeAll();
        if (!(state instanceof Defunct)) {
            output.write(FailureForm.of(QueryException.of(QueryErrorCode.REQUEST_INVALID, problem)));
            end();
        }
    }

    /** Ends the conversation. */
    void end() {
        closeAll();
        become(new Defunct());
        output.close();
    }

    /** Ends a transaction that nobody has used for too long; the next request in it is told. */
    void endIdleTransaction() {
        transaction().filter(OpenTransaction::isExpired).ifPresent(expired -> {
            expired.abandonResults();
            become(new TxReady(state.login().orElseThrow(), expired));
        });
    }

    /** Keeps the transaction alive that a request is just using. */
    void useTransaction() {
        transaction().filter(open -> !open.isExpired()).ifPresent(OpenTransaction::use);
    }

    Optional<OpenTransaction> transaction() {
        return switch (state) {
            case TxReady(Login login, OpenTransaction transaction) -> Optional.of(transaction);
            case TxStreaming(Login login, OpenTransaction transaction) -> Optional.of(transaction);
            case Negotiation none -> Optional.empty();
            case Authentication none -> Optional.empty();
            case Ready none -> Optional.empty();
            case Streaming none -> Optional.empty();
            case Failed none -> Optional.empty();
            case Interrupted none -> Optional.empty();
            case Defunct none -> Optional.empty();
        };
    }

    /** Ends all that is open, in whatever state. */
    void closeAll() {
        transaction().ifPresent(OpenTransaction::close);
        if (state instanceof Streaming streaming) {
            streaming.result().abandon();
        }
    }

    /** The client reads again, or will never do. */
    void wakeUp() {
        queries.wakeUp();
    }
}
