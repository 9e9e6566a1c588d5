package io.spangraph.server.bolt.fuzz;

import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.client.PackedObjects;
import io.spangraph.server.bolt.client.PackedStructure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads what a server has answered, and complains when it is not as the protocol wants it. */
final class AnswerChecker {
    private static final int MANIFEST_BYTES = 18;

    private AnswerChecker() {}

    /** The messages that are there as a whole. */
    static List<BoltAnswer> check(byte[] answered) {
        ByteBuffer bytes = ByteBuffer.wrap(answered);
        List<BoltAnswer> answers = new ArrayList<>();
        if (bytes.remaining() < 4) {
            return answers;
        }
        int handshake = bytes.getInt();
        if (handshake == BoltTestClient.MANIFEST_V1) {
            if (bytes.remaining() < MANIFEST_BYTES) {
                return answers;
            }
            bytes.position(bytes.position() + MANIFEST_BYTES);
        } else if (handshake >>> 16 != 0) {
            throw new AssertionError("the handshake is answered by " + Integer.toHexString(handshake));
        }
        readMessages(bytes, answers);
        checkOrder(answers);
        return answers;
    }

    private static void readMessages(ByteBuffer bytes, List<BoltAnswer> answers) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (bytes.remaining() >= 2) {
            int size = Short.toUnsignedInt(bytes.getShort());
            if (size > bytes.remaining()) {
                return;
            }
            if (size > 0) {
                byte[] chunk = new byte[size];
                bytes.get(chunk);
                message.writeBytes(chunk);
            } else if (message.size() > 0) {
                if (!(PackedObjects.unpack(message.toByteArray()) instanceof PackedStructure structure)) {
                    throw new AssertionError("an answer is no structure");
                }
                answers.add(new BoltAnswer(structure));
                message.reset();
            }
        }
    }

    /** After a failure come no rows, until RESET has succeeded; and each answer is of a type that there is. */
    private static void checkOrder(List<BoltAnswer> answers) {
        boolean failed = false;
        for (BoltAnswer answer : answers) {
            if (answer.isRecord() && failed) {
                throw new AssertionError("a row follows a failure");
            }
            if (answer.isFailure()) {
                if (!answer.code().startsWith("Neo.") || answer.message().isBlank()) {
                    throw new AssertionError("a failure without a code: " + answer);
                }
                if (answer.code().startsWith("Neo.DatabaseError.General")) {
                    throw new AssertionError("an error in the server: " + answer);
                }
            } else if (!answer.isSuccess() && !answer.isRecord() && !answer.isIgnored()) {
                throw new AssertionError("no answer: " + answer);
            }
            failed = answer.isFailure() || failed && !answer.isSuccess();
        }
    }
}
