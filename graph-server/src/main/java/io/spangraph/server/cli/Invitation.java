package io.spangraph.server.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintWriter;
import java.util.List;

/**
 * Queries to paste into a shell: each as a line that works as it is.
 *
 * @param url of the server
 * @param user whom to log in as; empty when nobody has to
 */
record Invitation(String url, String user) {
    /** The first one by curl, the others by the command line. */
    void print(List<String> queries, PrintWriter out) {
        for (int i = 0; i < queries.size(); i++) {
            out.println(i == 0 ? byCurl(queries.get(i)) : byCommandLine(queries.get(i)));
            out.println();
        }
    }

    private String byCurl(String query) {
        String credentials = user.isEmpty() ? "" : " -u " + quoted(user);
        String body = "{\"query\": \""
                + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(query)) + "\"}";
        return "curl -s" + credentials + " " + url + "/submitCypher -H 'Content-Type: application/json' -d "
                + quoted(body);
    }

    private String byCommandLine(String query) {
        String credentials = user.isEmpty() ? "" : " --user " + quoted(user) + " --password";
        return Places.launcher() + " query " + quoted(query) + " --uri " + url + credentials;
    }

    /** For a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
