/** What is said on a Bolt connection: states, transactions, results, and whose turn it is to compute. */
@NullMarked
package io.spangraph.server.bolt.session;

import org.jspecify.annotations.NullMarked;
