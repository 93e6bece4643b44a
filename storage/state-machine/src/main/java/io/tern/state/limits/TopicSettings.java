package io.tern.state.limits;

import io.tern.state.TopicName;

/**
 * What of a topic's definition its partition needs.
 *
 * @param archiveMillis how long messages are archived, 0 for not at all
 */
public record TopicSettings(TopicName name, boolean fifo, long archiveMillis) {}
