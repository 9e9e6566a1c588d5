package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.server.query.Transactions.Transaction;
import java.io.IOException;
import java.time.Instant;

/**
 * What an answer says about the open transaction it was given in.
 *
 * @param expires when it ends unless it is used before
 */
record TransactionInfo(String id, Instant expires) {
    static TransactionInfo of(Transaction transaction) {
        return new TransactionInfo(transaction.id(), transaction.expires());
    }

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("transaction");
        json.writeStringField("id", id);
        json.writeStringField("expires", expires.toString());
        json.writeEndObject();
    }
}
