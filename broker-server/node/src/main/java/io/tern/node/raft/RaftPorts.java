package io.tern.node.raft;

import io.tern.disk.RocksSettings;
import io.tern.node.config.WallClock;
import io.tern.state.EntryRunner.RuleFailures;
import java.util.function.Consumer;

/**
 * What replication needs from the node around it.
 *
 * @param fatal told once or more, from any thread, when this node must not go on; it ends the
 *     process
 */
public record RaftPorts(
    RocksSettings rocks,
    MachineFactory machines,
    RuleFailures ruleFailures,
    TermListener listener,
    CheckpointFetcher fetcher,
    WallClock clock,
    Consumer<Throwable> fatal) {}
