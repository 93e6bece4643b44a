package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import java.util.SortedMap;

/**
 * A topic as the catalogue defines it.
 *
 * @param version counts changes of the topic and of its subscriptions, from 1
 * @param revision counts changes of attributes and tags, from 1
 * @param partition its home
 * @param attributes those that were set, normalised; defaults are not stored
 * @param createdMillis wall clock
 */
public record TopicDefinition(
    TopicId topic,
    TopicName name,
    long version,
    long revision,
    PartitionId partition,
    SortedMap<String, String> attributes,
    SortedMap<String, String> tags,
    long createdMillis) {}
