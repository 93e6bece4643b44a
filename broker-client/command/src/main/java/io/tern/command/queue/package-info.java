/** {@code tern queue}: queues and their messages. */
@NullMarked
package io.tern.command.queue;

import org.jspecify.annotations.NullMarked;
