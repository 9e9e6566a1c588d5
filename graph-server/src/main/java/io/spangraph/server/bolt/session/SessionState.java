package io.spangraph.server.bolt.session;

import static io.spangraph.server.bolt.session.Verdict.IGNORE;
import static io.spangraph.server.bolt.session.Verdict.PERFORM;
import static io.spangraph.server.bolt.session.Verdict.REFUSE;

import io.spangraph.server.auth.Login;
import java.util.Optional;

/** Where a conversation stands, with what exists there only. Each state says which requests it takes. */
sealed interface SessionState {

    Verdict verdict(RequestKind request);

    /** Who has logged in. */
    Optional<Login> login();

    /** Before HELLO. */
    record Negotiation() implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case HELLO, GOODBYE -> PERFORM;
                case LOGON, LOGOFF, RESET, RUN, BEGIN, COMMIT, ROLLBACK, PULL, DISCARD, TELEMETRY, ROUTE, REFUSED ->
                    REFUSE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.empty();
        }
    }

    /** Before LOGON. */
    record Authentication() implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case LOGON, GOODBYE -> PERFORM;
                case HELLO, LOGOFF, RESET, RUN, BEGIN, COMMIT, ROLLBACK, PULL, DISCARD, TELEMETRY, ROUTE, REFUSED ->
                    REFUSE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.empty();
        }
    }

    /** Nothing is open. */
    record Ready(Login user) implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case RUN, BEGIN, ROUTE, TELEMETRY, LOGOFF, RESET, GOODBYE, REFUSED -> PERFORM;
                case HELLO, LOGON, COMMIT, ROLLBACK, PULL, DISCARD -> REFUSE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.of(user);
        }
    }

    /** The rows of a query that is a transaction by itself wait to be asked for. */
    record Streaming(Login user, OpenResult result) implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case PULL, DISCARD, TELEMETRY, RESET, GOODBYE -> PERFORM;
                case HELLO, LOGON, LOGOFF, RUN, BEGIN, COMMIT, ROLLBACK, ROUTE, REFUSED -> REFUSE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.of(user);
        }
    }

    /** A transaction is open, and none of its results. */
    record TxReady(Login user, OpenTransaction transaction) implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case RUN, COMMIT, ROLLBACK, TELEMETRY, RESET, GOODBYE, REFUSED -> PERFORM;
                case HELLO, LOGON, LOGOFF, BEGIN, PULL, DISCARD, ROUTE -> REFUSE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.of(user);
        }
    }

    /** A transaction is open with some of its results; ending it ends them. */
    record TxStreaming(Login user, OpenTransaction transaction) implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case RUN, PULL, DISCARD, COMMIT, ROLLBACK, TELEMETRY, RESET, GOODBYE, REFUSED -> PERFORM;
                case HELLO, LOGON, LOGOFF, BEGIN, ROUTE -> REFUSE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.of(user);
        }
    }

    /** After a failure: clients send several requests at once, and those behind the one that failed must do nothing. */
    record Failed(Login user) implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case RESET, GOODBYE -> PERFORM;
                case HELLO, LOGON, LOGOFF, RUN, BEGIN, COMMIT, ROLLBACK, PULL, DISCARD, TELEMETRY, ROUTE, REFUSED ->
                    IGNORE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.of(user);
        }
    }

    /** RESET has arrived and waits for the requests before it. */
    record Interrupted(Login user) implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return switch (request) {
                case RESET, GOODBYE -> PERFORM;
                case HELLO, LOGON, LOGOFF, RUN, BEGIN, COMMIT, ROLLBACK, PULL, DISCARD, TELEMETRY, ROUTE, REFUSED ->
                    IGNORE;
            };
        }

        @Override
        public Optional<Login> login() {
            return Optional.of(user);
        }
    }

    /** The conversation is over; what still arrives was sent before the client knew. */
    record Defunct() implements SessionState {
        @Override
        public Verdict verdict(RequestKind request) {
            return IGNORE;
        }

        @Override
        public Optional<Login> login() {
            return Optional.empty();
        }
    }
}
