package io.spangraph.server.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.User;
import io.spangraph.server.http.TenantHeader;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Queries to paste into a shell: each as a line that works as it is.
 *
 * @param url of the server
 * @param credentials of the command line and of curl; empty when nobody has to log in
 */
record Invitation(String url, Credentials credentials) {

    /** The options of each program. */
    private record Credentials(String ofCurl, String ofCommandLine) {}

    /** Invites the first of the users who can ask without naming a tenant, or else a service. */
    static Invitation of(String url, List<User> users) {
        Optional<User> reader = users.stream()
                .filter(user -> !(user.access() instanceof Access.TenantPerRequest))
                .findFirst();
        Credentials credentials = reader.map(user -> credentials(user, "", ""))
                .or(() -> users.stream()
                        .findFirst()
                        .map(service ->
                                credentials(service, " -H '" + TenantHeader.NAME + ": TENANT'", " --tenant TENANT")))
                .orElse(new Credentials("", ""));
        return new Invitation(url, credentials);
    }

    private static Credentials credentials(User user, String header, String option) {
        String name = quoted(user.name());
        return new Credentials(" -u " + name + header, " --user " + name + " --password" + option);
    }

    /** The first one by curl, the others by the command line. */
    void print(List<String> queries, PrintWriter out) {
        for (int i = 0; i < queries.size(); i++) {
            out.println(i == 0 ? byCurl(queries.get(i)) : byCommandLine(queries.get(i)));
            out.println();
        }
    }

    private String byCurl(String query) {
        String body = "{\"query\": \""
                + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(query)) + "\"}";
        return "curl -s" + credentials.ofCurl + " " + url + "/submitCypher -H 'Content-Type: application/json' -d "
                + quoted(body);
    }

    private String byCommandLine(String query) {
        return Places.launcher() + " query " + quoted(query) + " --uri " + url + credentials.ofCommandLine;
    }

    /** For a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
