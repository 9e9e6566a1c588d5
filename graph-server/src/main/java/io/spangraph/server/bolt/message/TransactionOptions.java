package io.spangraph.server.bolt.message;

import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What BEGIN and RUN say about their transaction.
 *
 * @param timeout empty: the server's
 * @param metadata of the application's own, such as the tenant it asks for
 * @param write whether the client says that it may write, which is the default of all drivers
 * @param database empty: the home database
 */
public record TransactionOptions(
        List<String> bookmarks,
        Optional<Duration> timeout,
        Map<String, Value> metadata,
        boolean write,
        Optional<String> database,
        Optional<String> impersonatedUser,
        NotificationFilter notifications) {
    public TransactionOptions {
        bookmarks = List.copyOf(bookmarks);
        metadata = Map.copyOf(metadata);
    }
}
