package io.tern.chaos.history;

/**
 * One fault, from its injection until it was healed.
 *
 * @param nemesis kind of fault, as in the report: kill, pause, partition-one, ...
 * @param target nodes that it hit, as text
 * @param detail one line for the reader: what was done, what was found
 * @param healedNanos when the harness began to take it back
 * @param recoveredNanos when all nodes were ready again
 */
public record FaultEvent(
    String nemesis,
    String target,
    String detail,
    long injectedNanos,
    long healedNanos,
    long recoveredNanos) {}
