/** {@code tern topic}: topics and publishing. */
@NullMarked
package io.tern.command.topic;

import org.jspecify.annotations.NullMarked;
