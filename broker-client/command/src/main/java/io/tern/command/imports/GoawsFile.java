package io.tern.command.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the configuration of goaws, which is YAML: one environment of it. For ConfigurationFile.
 */
final class GoawsFile {
  static final String FORMAT = "goaws";

  /** The cluster takes none that is smaller, and goaws does. */
  private static final long LEAST_MESSAGE_BYTES = 1_024;

  private final Map<String, String> defaults;
  private final List<Plan.Queue> queues = new ArrayList<>();
  private final Set<String> queueNames = new HashSet<>();
  private final List<Plan.Topic> topics = new ArrayList<>();
  private final List<Plan.Subscription> subscriptions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private GoawsFile(Map<String, String> defaults) {
    this.defaults = defaults;
  }

  /**
   * What the file asks for; empty when it is not such a file.
   *
   * @throws IllegalArgumentException when it is one and something in it makes no sense
   */
  static Optional<Plan> read(String text, String environment) {
    Object document;
    try {
      document = yaml(text);
    } catch (YamlEngineException notYaml) {
      return Optional.empty();
    }
    if (!(document instanceof Map<?, ?> environments) || !looksLikeOne(environments)) {
      return Optional.empty();
    }
    if (!(environments.get(environment) instanceof Map<?, ?> chosen)) {
      throw new IllegalArgumentException(
          "the file has no environment \"%s\"; choose with --environment one of %s"
              .formatted(environment, environments.keySet()));
    }
    GoawsFile file = new GoawsFile(defaults(chosen));
    list(chosen, "Queues").forEach(file::queue);
    list(chosen, "Topics").forEach(file::topic);
    return Optional.of(new Plan(FORMAT, file.queues, file.topics, file.subscriptions, file.notes));
  }

  private static boolean looksLikeOne(Map<?, ?> environments) {
    return environments.values().stream()
        .anyMatch(each ->
            each instanceof Map<?, ?> settings
                && (settings.containsKey("Queues") || settings.containsKey("Topics")));
  }

  private static @Nullable Object yaml(String text) {
    return new Load(LoadSettings.builder().setLabel("file").build()).loadFromString(text);
  }

  private static Map<String, String> defaults(Map<?, ?> chosen) {
    Map<String, String> defaults = new LinkedHashMap<>();
    if (chosen.get("QueueAttributeDefaults") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> defaults.put(String.valueOf(name), String.valueOf(value)));
    }
    return defaults;
  }

  private static List<Map<?, ?>> list(Map<?, ?> settings, String name) {
    List<Map<?, ?>> found = new ArrayList<>();
    switch (settings.get(name)) {
      case null -> {}
      case List<?> entries -> {
        for (Object entry : entries) {
          if (!(entry instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(name + " has an entry without names: " + entry);
          }
          found.add(map);
        }
      }
      case Object other -> throw new IllegalArgumentException(name + " is no list: " + other);
    }
    return found;
  }

  private void queue(Map<?, ?> settings) {
    String name = required(settings, "Name", "a queue");
    queueNames.add(name);
    queues.add(new Plan.Queue(name, attributes(name, settings), deadLetters(settings), Map.of()));
  }

  /** Subscribed queues need not be listed. */
  private void impliedQueue(String name) {
    if (queueNames.add(name)) {
      queues.add(new Plan.Queue(name, attributes(name, Map.of()), Optional.empty(), Map.of()));
    }
  }

  private Map<String, String> attributes(String name, Map<?, ?> settings) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (name.endsWith(".fifo")) {
      attributes.put("FifoQueue", "true");
    }
    for (String attribute :
        List.of(
            "VisibilityTimeout",
            "ReceiveMessageWaitTimeSeconds",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "DelaySeconds")) {
      Object own = settings.get(attribute);
      // 0 means: not given.
      String value = own == null || isZero(own) ? defaults.get(attribute) : String.valueOf(own);
      if (value != null) {
        attributes.put(attribute, checked(name, attribute, value));
      }
    }
    return attributes;
  }

  private String checked(String queue, String attribute, String value) {
    long number = number(attribute + " of queue \"" + queue + "\"", value);
    if (attribute.equals("MaximumMessageSize") && number < LEAST_MESSAGE_BYTES) {
      notes.add(
          "MaximumMessageSize of queue \"%s\" becomes %d, the least there is"
              .formatted(queue, LEAST_MESSAGE_BYTES));
      return Long.toString(LEAST_MESSAGE_BYTES);
    }
    return Long.toString(number);
  }

  private static Optional<Plan.DeadLetters> deadLetters(Map<?, ?> settings) {
    Object policy = settings.get("RedrivePolicy");
    if (policy == null || String.valueOf(policy).isBlank()) {
      return Optional.empty();
    }
    // JSON is YAML too.
    if (!(yaml(String.valueOf(policy)) instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("this RedrivePolicy is no JSON object: " + policy);
    }
    String arn = required(fields, "deadLetterTargetArn", "a RedrivePolicy");
    String receives = required(fields, "maxReceiveCount", "a RedrivePolicy");
    return Optional.of(
        new Plan.DeadLetters(
            arn.substring(arn.lastIndexOf(':') + 1), (int) number("maxReceiveCount", receives)));
  }

  private void topic(Map<?, ?> settings) {
    String topic = required(settings, "Name", "a topic");
    topics.add(new Plan.Topic(topic));
    for (Map<?, ?> each : list(settings, "Subscriptions")) {
      Map<String, String> attributes = new LinkedHashMap<>();
      if (Boolean.TRUE.equals(each.get("Raw"))) {
        attributes.put("RawMessageDelivery", "true");
      }
      Object filter = each.get("FilterPolicy");
      if (filter != null && !String.valueOf(filter).isBlank()) {
        attributes.put("FilterPolicy", String.valueOf(filter));
      }
      String protocol = each.get("Protocol") == null ? "" : String.valueOf(each.get("Protocol"));
      if (protocol.startsWith("http")) {
        String endpoint = required(each, "EndPoint", "a subscription of " + topic);
        subscriptions.add(new Plan.Subscription(topic, "", protocol, endpoint, attributes));
      } else {
        String queue = required(each, "QueueName", "a subscription of " + topic);
        impliedQueue(queue);
        subscriptions.add(new Plan.Subscription(topic, queue, "sqs", "", attributes));
      }
    }
  }

  private static boolean isZero(Object value) {
    return value instanceof Number number && number.longValue() == 0;
  }

  private static String required(Map<?, ?> settings, String name, String where) {
    Object value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException(where + " has no " + name);
    }
    return String.valueOf(value);
  }

  private static long number(String what, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " is no number: " + text, e);
    }
  }
}
