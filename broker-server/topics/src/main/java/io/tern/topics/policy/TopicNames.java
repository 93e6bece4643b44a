package io.tern.topics.policy;

import io.tern.topics.envelope.TopicArn;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a topic may be called. */
public final class TopicNames {
  private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9_-]+");
  private static final String FIFO_SUFFIX = ".fifo";

  private TopicNames() {}

  /** A name with the suffix of FIFO topics exactly if the topic is one. */
  public static Optional<Refusal> check(String name, boolean fifo) {
    String stem =
        TopicArn.isFifo(name) ? name.substring(0, name.length() - FIFO_SUFFIX.length()) : name;
    boolean fine =
        name.length() <= TopicLimits.NAME_CHARACTERS
            && fifo == TopicArn.isFifo(name)
            && CHARACTERS.matcher(stem).matches();
    return fine ? Optional.empty() : Optional.of(Refusal.invalid("Topic Name"));
  }
}
