package io.tern.command.imports;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Reads the configuration of ElasticMQ, which is HOCON: its {@code queues}. For ConfigurationFile.
 */
final class ElasticMqFile {
  static final String FORMAT = "elasticmq";

  private ElasticMqFile() {}

  /**
   * What the file asks for; empty when it is not such a file.
   *
   * @param folder where files are that it includes
   * @throws IllegalArgumentException when it is one and something in it makes no sense
   */
  static Optional<Plan> read(String text, Path folder) {
    Config config;
    try {
      config =
          ConfigFactory.parseString(
                  text,
                  ConfigParseOptions.defaults()
                      .setSyntax(ConfigSyntax.CONF)
                      .setIncluder(new FileIncludes(folder)))
              .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
      if (!config.hasPath("queues")
          || config.getValue("queues").valueType() != ConfigValueType.OBJECT) {
        return Optional.empty();
      }
    } catch (ConfigException notHocon) {
      return Optional.empty();
    }
    try {
      return Optional.of(plan(config.getObject("queues")));
    } catch (ConfigException mistake) {
      throw new IllegalArgumentException(String.valueOf(mistake.getMessage()), mistake);
    }
  }

  private static Plan plan(ConfigObject queues) {
    List<Plan.Queue> planned = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String key : new TreeSet<>(queues.keySet())) {
      if (!(queues.get(key) instanceof ConfigObject settings)) {
        throw new IllegalArgumentException("queue \"" + key + "\" has no settings in braces");
      }
      planned.add(queue(key, settings.toConfig(), fifoNames(queues), notes));
    }
    return new Plan(FORMAT, planned, List.of(), List.of(), notes);
  }

  /** FIFO queues may be written without the end of their name, which is then added. */
  private static Map<String, String> fifoNames(ConfigObject queues) {
    Map<String, String> names = new LinkedHashMap<>();
    queues.forEach((key, value) -> {
      boolean fifo =
          value instanceof ConfigObject settings
              && settings.toConfig().hasPath("fifo")
              && settings.toConfig().getBoolean("fifo");
      names.put(key, fifo && !key.endsWith(".fifo") ? key + ".fifo" : key);
    });
    return names;
  }

  private static Plan.Queue queue(
      String key, Config settings, Map<String, String> names, List<String> notes) {
    String name = names.getOrDefault(key, key);
    Map<String, String> attributes = new LinkedHashMap<>();
    if (name.endsWith(".fifo")) {
      attributes.put("FifoQueue", "true");
    }
    seconds(settings, "defaultVisibilityTimeout", attributes, "VisibilityTimeout");
    seconds(settings, "delay", attributes, "DelaySeconds");
    seconds(settings, "receiveMessageWait", attributes, "ReceiveMessageWaitTimeSeconds");
    if (settings.hasPath("contentBasedDeduplication")
        && settings.getBoolean("contentBasedDeduplication")) {
      attributes.put("ContentBasedDeduplication", "true");
    }
    for (String copies : List.of("copyTo", "moveTo")) {
      if (settings.hasPath(copies) && !settings.getString(copies).isEmpty()) {
        notes.add(
            "%s of queue \"%s\" is left out: Tern copies messages with topics"
                .formatted(copies, name));
      }
    }
    Map<String, String> tags = new LinkedHashMap<>();
    if (settings.hasPath("tags")) {
      Map<String, Object> given = settings.getObject("tags").unwrapped();
      new TreeMap<>(given).forEach((tag, value) -> tags.put(tag, String.valueOf(value)));
    }
    return new Plan.Queue(name, attributes, deadLetters(settings, names), tags);
  }

  private static Optional<Plan.DeadLetters> deadLetters(
      Config settings, Map<String, String> names) {
    if (!settings.hasPath("deadLettersQueue")) {
      return Optional.empty();
    }
    Config letters = settings.getConfig("deadLettersQueue");
    String name = letters.getString("name");
    return Optional.of(
        new Plan.DeadLetters(names.getOrDefault(name, name), letters.getInt("maxReceiveCount")));
  }

  private static void seconds(
      Config settings, String path, Map<String, String> attributes, String attribute) {
    if (settings.hasPath(path)) {
      attributes.put(attribute, Long.toString(settings.getDuration(path, TimeUnit.SECONDS)));
    }
  }
}
