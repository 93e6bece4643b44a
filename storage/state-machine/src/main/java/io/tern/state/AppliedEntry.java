package io.tern.state;

import java.util.List;

/** What came of one entry: a reply for each command, all facts in order, and the effects. */
public record AppliedEntry(List<Reply> replies, List<Change> changes, List<Effect> effects) {}
