package io.tern.disk;

import io.tern.state.Bytes;

/**
 * A published message as its row holds it.
 *
 * @param number among the topic's bodies in this partition
 * @param sentMillis wall clock
 * @param content an encoded TopicMessage, opaque here
 */
public record StoredBody(long number, long sentMillis, Bytes content) {}
