package io.spangraph.server.auth;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.util.HashMap;
import java.util.Map;

/** Counts the log-ins that wait, and keeps places for others when one network sends very many. */
final class WaitingRoom {
    private final int most;
    private final int mostOfOneNetwork;
    private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();
    private int waiting;

    WaitingRoom(int most, int mostOfOneNetwork) {
        this.most = most;
        this.mostOfOneNetwork = mostOfOneNetwork;
    }

    /** Takes a place; throws {@link QueryErrorCode#TOO_MANY_LOGINS} when there is none. */
    synchronized void enter(ClientNetwork network) {
        int ofThisNetwork = byNetwork.getOrDefault(network, 0);
        if (waiting >= most || ofThisNetwork >= mostOfOneNetwork) {
            throw QueryException.of(
                            QueryErrorCode.TOO_MANY_LOGINS,
                            waiting >= most
                                    ? "There are already " + most + " log-ins under way."
                                    : "There are already " + mostOfOneNetwork + " log-ins under way from this address.")
                    .withHint("Try again in a moment.");
        }
        waiting++;
        byNetwork.put(network, ofThisNetwork + 1);
    }

    synchronized void leave(ClientNetwork network) {
        waiting--;
        byNetwork.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
    }
}
