package io.tern.state.crossing;

import io.tern.state.MoveTarget;
import io.tern.state.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Where a queue is that a move task needs, as the catalogue says at the moment.
 *
 * @param target null when there is no queue of that name
 */
public record MoveRoute(QueueName name, @Nullable MoveTarget target) {}
