package io.tern.state;

import java.util.List;

/** One slot of the log: a time and the commands that share it. */
public record Entry(EntryTime time, List<Command> commands) {}
