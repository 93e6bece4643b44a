package io.tern.node.raft;

import org.jspecify.annotations.Nullable;

/**
 * What another node answers to one whose replica is damaged.
 *
 * @param leads it leads, committed an entry after the question, and made a checkpoint that holds it
 * @param term the newest that it knows of
 * @param leader who leads as far as it knows
 * @param index of the checkpoint, when it leads
 */
public record Standing(boolean leads, long term, @Nullable String leader, long index) {}
