/** Queues: ready ranges, hidden messages, sent times. */
@NullMarked
package io.tern.state.queue;

import org.jspecify.annotations.NullMarked;
