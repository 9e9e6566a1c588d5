package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.model.value.Value;
import io.spangraph.server.auth.Login;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.session.RequestPerformer.Progress;
import io.spangraph.server.bolt.session.SessionState.Ready;
import io.spangraph.server.bolt.session.SessionState.Streaming;
import io.spangraph.server.bolt.session.SessionState.TxReady;
import io.spangraph.server.bolt.session.SessionState.TxStreaming;
import io.spangraph.server.bolt.session.Turns.Place;
import io.spangraph.server.query.AnswerReader;
import io.spangraph.server.query.Door;
import io.spangraph.server.query.QueryExecution;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.query.RunningQuery;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Runs queries and hands out their rows: RUN, PULL and DISCARD. */
final class QueryRequests {
    private static final long LAST = -1;
    private static final long ALL = -1;

    private final RequestPerformer performer;
    private final QueryService service;
    private final SessionSettings settings;
    private final Output output;
    private final LiveQueries live;
    private final Turns turns;
    private final AtomicReference<Optional<Demand>> blocked = new AtomicReference<>(Optional.empty());

    QueryRequests(
            RequestPerformer performer,
            QueryService service,
            SessionSettings settings,
            Output output,
            LiveQueries live,
            Turns turns) {
        this.performer = performer;
        this.service = service;
        this.settings = settings;
        this.output = output;
        this.live = live;
        this.turns = turns;
    }

    Progress run(BoltRequest.Run run) {
        try {
            Optional<OpenTransaction> transaction = performer.transaction();
            QueryOptions defaults = QueryOptions.of(settings.unknownNames());
            QueryScope scope;
            QueryOptions options;
            if (transaction.isPresent()) {
                transaction.get().use();
                checkOpenResults(transaction.get());
                scope = transaction.get().scope();
                options = transaction.get().options(defaults).withSnapshot(QueryScope.snapshot(run.options()));
            } else {
                scope = performer.scope(run.options());
                options = defaults.withSnapshot(scope.snapshot());
                options = scope.timeout().map(options::withTimeout).orElse(options);
            }
            QueryExecution execution = service.announce(
                    new QueryRequest(Door.BOLT, run.query(), run.parameters(), scope.principal(), options));
            live.add(execution);
            start(execution, scope, transaction);
            return Progress.LATER;
        } catch (QueryException e) {
            return performer.failed(e);
        }
    }

    private void checkOpenResults(OpenTransaction transaction) {
        if (transaction.openResults() >= settings.connectionResults()) {
            throw QueryException.of(
                            QueryErrorCode.TOO_MANY_QUERIES,
                            "The transaction already has " + settings.connectionResults()
                                    + " results that are not read to their end.")
                    .withHint("Read or discard them, or raise limits.connection-results.");
        }
    }

    private void start(QueryExecution execution, QueryScope scope, Optional<OpenTransaction> transaction) {
        long arrived = System.nanoTime();
        try {
            service.start(execution, new AnswerReader() {
                @Override
                public void read(RunningQuery query) {
                    turns.guard(() -> {
                        long id = transaction.map(OpenTransaction::takeId).orElse(0L);
                        opened(
                                new OpenResult(id, scope, execution, query, live),
                                Duration.ofNanos(System.nanoTime() - arrived));
                        turns.goOn(Place.QUERY_THREAD);
                    });
                }

                @Override
                public void refuse(QueryException failure) {
                    turns.guard(() -> {
                        live.remove(execution);
                        performer.failed(failure);
                        turns.goOn(Place.ELSEWHERE);
                    });
                }
            });
        } catch (QueryException e) {
            live.remove(execution);
            throw e;
        }
    }

    private void opened(OpenResult result, Duration planned) {
        result.query().park(() -> {});
        Login login = performer.state().login().orElseThrow();
        Optional<OpenTransaction> transaction = performer.transaction();
        transaction.ifPresent(open -> open.add(result));
        performer.become(transaction
                .<SessionState>map(open -> new TxStreaming(login, open))
                .orElseGet(() -> new Streaming(login, result)));
        performer.done(performer.summary().begun(result, planned, transaction.isPresent()));
    }

    /** PULL, and DISCARD of some rows. */
    Progress rows(long id, Function<OpenResult, Demand> demand, Place place) {
        try {
            performer.transaction().ifPresent(OpenTransaction::use);
            Demand wanted = demand.apply(result(id));
            return switch (place) {
                case QUERY_THREAD -> serve(wanted);
                case ELSEWHERE -> {
                    service.resume(() -> goOn(wanted));
                    yield Progress.LATER;
                }
            };
        } catch (QueryException e) {
            return performer.failed(e);
        }
    }

    /** DISCARD. To skip all is to end the query, except that a profile is wanted of the whole of it. */
    Progress skip(long id, long count, Place place) {
        try {
            OpenResult result = result(id);
            if (count != ALL || result.query().mode() == QueryPlan.Mode.PROFILE) {
                return rows(id, wanted -> Demand.toSkip(wanted, count), place);
            }
            Map<String, Value> metadata = performer.summary().ended(result, isInTransaction());
            result.abandon();
            forget(result);
            return performer.done(metadata);
        } catch (QueryException e) {
            return performer.failed(e);
        }
    }

    private boolean isInTransaction() {
        return performer.transaction().isPresent();
    }

    private OpenResult result(long id) {
        Optional<OpenResult> found = performer.transaction().isPresent()
                ? performer.transaction().flatMap(transaction -> transaction.result(id))
                : Optional.of(performer.state())
                        .filter(state -> id == LAST || id == 0)
                        .filter(Streaming.class::isInstance)
                        .map(state -> ((Streaming) state).result());
        return found.orElseThrow(() -> QueryException.of(
                QueryErrorCode.REQUEST_INVALID,
                "Invalid request: there is no open result " + (id == LAST ? "of the last query." : id + ".")));
    }

    private void goOn(Demand demand) {
        turns.guard(() -> {
            if (serve(demand) == Progress.DONE) {
                turns.goOn(Place.QUERY_THREAD);
            }
        });
    }

    private Progress serve(Demand demand) {
        OpenResult result = demand.result();
        result.query().resume();
        output.nameElements(result.scope().ids());
        try {
            return switch (demand.serve(output)) {
                case MET -> {
                    result.query().park(() -> {});
                    yield performer.done(Map.of("has_more", Value.TRUE));
                }
                case ENDED -> {
                    Map<String, Value> metadata = performer.summary().ended(result, isInTransaction());
                    result.close();
                    forget(result);
                    yield performer.done(metadata);
                }
                case BLOCKED -> block(demand);
            };
        } catch (QueryException e) {
            return performer.failed(e);
        } catch (RuntimeException | Error e) {
            return performer.failed(result.query().failed(e));
        }
    }

    private void forget(OpenResult result) {
        Login login = performer.state().login().orElseThrow();
        Optional<OpenTransaction> transaction = performer.transaction();
        transaction.ifPresent(open -> open.remove(result));
        performer.become(transaction
                .<SessionState>map(
                        open -> open.openResults() == 0 ? new TxReady(login, open) : new TxStreaming(login, open))
                .orElseGet(() -> new Ready(login)));
    }

    /** Lets go of the thread until the client reads or the query ends, whichever comes first. */
    private Progress block(Demand demand) {
        output.flush();
        demand.result().query().park(this::wakeUp);
        blocked.set(Optional.of(demand));
        if (output.isWritable() || demand.result().query().isEnded()) {
            wakeUp(); // the wake-up call may have come when there was nobody to wake
        }
        return Progress.LATER;
    }

    /** The client reads again, or what it waits for has ended. */
    void wakeUp() {
        blocked.getAndSet(Optional.empty()).ifPresent(demand -> {
            try {
                service.resume(() -> goOn(demand));
            } catch (QueryException stopping) {
                output.abort();
            }
        });
    }
}
