package io.tern.state.catalogue;

import io.tern.state.Decision;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.TopicDefinitionChange.TopicDefined;
import io.tern.state.TopicDefinitionCommand.CreateTopic;
import io.tern.state.TopicDefinitionCommand.DeleteTopic;
import io.tern.state.TopicDefinitionCommand.ReplaceTopic;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.TopicAttributes;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides what becomes of definitions of topics; called by the catalogue's machine. */
final class TopicRules {
  private TopicRules() {}

  static Decision create(CatalogueView state, CreateTopic command) {
    if (state.dataPartitions() == 0) {
      return Rejections.of(
          ErrorCode.SERVICE_UNAVAILABLE, "The cluster is not initialized yet. Please try again.");
    }
    TopicDefinition existing = state.topics().topic(command.name());
    return existing == null ? createNew(state, command) : confirm(state, existing, command);
  }

  /** A topic of the name exists: what is given must be its own. */
  private static Decision confirm(
      CatalogueView state, TopicDefinition existing, CreateTopic command) {
    if (!TopicAttributes.includes(existing.attributes(), command.attributes())) {
      return invalid("Attributes Reason: Topic already exists with different attributes");
    }
    return existing.tags().entrySet().containsAll(command.tags().entrySet())
        ? HandOver.confirmed(state, existing)
        : invalid("Tags Reason: Topic already exists with different tags");
  }

  private static Decision createNew(CatalogueView state, CreateTopic command) {
    SortedMap<String, String> attributes = TopicAttributes.stored(command.attributes());
    boolean fifo = TopicAttributes.isFifo(attributes);
    TopicName name = command.name();
    if (fifo != name.name().endsWith(TopicAttributes.FIFO_SUFFIX)) {
      return invalid("Topic Name");
    }
    int most = fifo ? Limits.FIFO_TOPICS : Limits.STANDARD_TOPICS;
    if (state.topics().topics(name.region(), name.account(), fifo) >= most) {
      return Rejections.of(ErrorCode.TOPIC_LIMIT_EXCEEDED);
    }
    if (command.tags().size() > Limits.TAGS) {
      return Rejections.of(ErrorCode.TAG_LIMIT_EXCEEDED);
    }
    TopicDefinition topic =
        new TopicDefinition(
            new TopicId(state.nextQueue()),
            name,
            1,
            1,
            state.emptiestPartition(),
            attributes,
            copy(command.tags()),
            state.clock().wallMillis());
    HandOver handOver = new HandOver(state, topic);
    handOver.define(topic);
    return handOver.taken();
  }

  static Decision replace(CatalogueView state, ReplaceTopic command) {
    TopicDefinition topic = state.topics().topic(command.topic());
    if (topic == null) {
      return Rejections.of(ErrorCode.TOPIC_NOT_FOUND);
    }
    if (topic.revision() != command.expectedRevision()) {
      return Decision.reply(new Reply.Outdated());
    }
    SortedMap<String, String> attributes = TopicAttributes.stored(command.attributes());
    if (TopicAttributes.isFifo(attributes) != TopicAttributes.isFifo(topic.attributes())) {
      return invalid("AttributeName");
    }
    if (command.tags().size() > Limits.TAGS) {
      return Rejections.of(ErrorCode.TAG_LIMIT_EXCEEDED);
    }
    return change(state, topic, topic.with(attributes, copy(command.tags())));
  }

  private static Decision change(CatalogueView state, TopicDefinition topic, TopicDefinition next) {
    if (next.version() != topic.version()) {
      HandOver handOver = new HandOver(state, topic);
      handOver.define(next);
      return handOver.taken();
    }
    Decision confirmed = HandOver.confirmed(state, topic);
    return next.tags().equals(topic.tags())
        ? confirmed
        : Decision.of(confirmed.reply(), List.of(new TopicDefined(next)));
  }

  static Decision delete(CatalogueView state, DeleteTopic command) {
    TopicDefinition topic = state.topics().topic(command.topic());
    if (topic == null) {
      return Decision.reply(new Reply.Done());
    }
    if (ArchivePolicy.of(topic.attributes()) != null) {
      return Rejections.of(
          ErrorCode.INVALID_STATE,
          "Invalid state: The topic has an active archive policy. Remove it before you delete the"
              + " topic.");
    }
    HandOver handOver = new HandOver(state, topic);
    handOver.undefine();
    return handOver.taken();
  }

  private static SortedMap<String, String> copy(SortedMap<String, String> tags) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  private static Decision invalid(String reason) {
    return Rejections.of(ErrorCode.SNS_INVALID_PARAMETER, "Invalid parameter: " + reason);
  }
}
