/** Who is asking: users, password hashes, HTTP Basic, and what protects them against guessing. */
@NullMarked
package io.spangraph.server.auth;

import org.jspecify.annotations.NullMarked;
