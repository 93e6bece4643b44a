/** Tests of {@code io.tern.command.queue}. */
@NullMarked
package io.tern.command.queue;

import org.jspecify.annotations.NullMarked;
