/** Official clients against a running server: what they rely on, feature by feature. */
@NullMarked
package io.spangraph.clients;

import org.jspecify.annotations.NullMarked;
