/** Who is asking: users, log-ins and what they may read, password hashes, and what protects them against guessing. */
@NullMarked
package io.spangraph.server.auth;

import org.jspecify.annotations.NullMarked;
