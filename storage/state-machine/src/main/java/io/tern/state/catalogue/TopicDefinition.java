package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import java.util.SortedMap;

/**
 * A topic as the catalogue defines it.
 *
 * @param version counts changes of the attributes and of confirmed subscriptions, from 1
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
    long createdMillis) {

  /** With a confirmed subscription changed, which makes it another version. */
  TopicDefinition next() {
    return new TopicDefinition(
        topic, name, version + 1, revision, partition, attributes, tags, createdMillis);
  }

  /** With other attributes and tags; only the attributes make it another version. */
  TopicDefinition with(SortedMap<String, String> newAttributes, SortedMap<String, String> newTags) {
    return new TopicDefinition(
        topic,
        name,
        newAttributes.equals(attributes) ? version : version + 1,
        revision + 1,
        partition,
        newAttributes,
        newTags,
        createdMillis);
  }
}
