package io.spangraph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
    /** Made by the reference implementation: {@code echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1}. */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void agreesWithTheReferenceImplementation() {
        PasswordHash hash = PasswordHash.parse(REFERENCE).orElseThrow();
        assertThat(hash.matches("password")).isTrue();
        assertThat(hash.matches("passwore")).isFalse();
    }

    @Test
    void survivesItsTextForm() {
        String text = PasswordHash.of("größe").toString();
        assertThat(text).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        PasswordHash read = PasswordHash.parse(text).orElseThrow();
        assertThat(read.matches("größe")).isTrue();
        assertThat(read.matches("")).isFalse();
        assertThat(PasswordHash.of("größe").toString()).isNotEqualTo(text);
    }

    @Test
    void refusesOtherTexts() {
        assertThat(PasswordHash.parse("secret")).isEmpty();
        assertThat(PasswordHash.parse("$2a$10$abcdefghijklmnopqrstuv")).isEmpty();
        assertThat(PasswordHash.parse(REFERENCE.replace("argon2id", "argon2i"))).isEmpty();
        assertThat(PasswordHash.parse(REFERENCE.replace("m=65536", "m=9999999")))
                .isEmpty();
        assertThat(PasswordHash.parse(REFERENCE.replace("t=2", "t=0"))).isEmpty();
    }
}
