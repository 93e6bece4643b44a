package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.CreateQueue;
import io.tern.chaos.history.Call.CreateTopic;
import io.tern.chaos.history.Call.DeleteQueue;
import io.tern.chaos.history.Call.DeleteTopic;
import io.tern.chaos.history.Call.GetAttribute;
import io.tern.chaos.history.Call.SetAttribute;
import io.tern.chaos.history.Operation;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The model of one queue or topic for {@link Linearization}: it is there or not, and has values. A
 * value that nobody set is a default, which the first who reads it tells.
 */
record Definition(boolean exists, SortedMap<String, String> values) {
  static final Definition ABSENT = new Definition(false, new TreeMap<>());

  /** There from before, with values that nobody told. */
  static final Definition UNTOLD = new Definition(true, new TreeMap<>());

  /** What a refusal says about the definition. */
  enum Refusal {
    ABSENT,
    DIFFERENT,
    /** A limit, a mistake of the caller: nothing about the definition. */
    OTHER;

    static Refusal of(@Nullable String error) {
      if (error == null) {
        return OTHER;
      }
      if (error.contains("NonExistentQueue")
          || error.contains("QueueDoesNotExist")
          || error.contains("QueueDeletedRecently")
          || error.contains("NotFound")) {
        return ABSENT;
      }
      return error.contains("QueueAlreadyExists") || error.contains("QueueNameExists")
          ? DIFFERENT
          : OTHER;
    }
  }

  /** What is defined after the operation had its effect here; null if it cannot have ended so. */
  @Nullable Definition after(Operation operation) {
    if (!operation.mayHaveHappened()) {
      return afterRefused(operation);
    }
    if (operation.call() instanceof CreateQueue create) {
      return exists
          ? confirmed(create.attributes())
          : new Definition(true, sorted(create.attributes()));
    }
    if (operation.call() instanceof CreateTopic) {
      return exists ? this : UNTOLD;
    }
    if (operation.call() instanceof DeleteTopic) {
      return ABSENT;
    }
    if (operation.call() instanceof DeleteQueue) {
      return exists ? ABSENT : null;
    }
    if (operation.call() instanceof SetAttribute set) {
      return exists ? with(set.name(), set.value()) : null;
    }
    return operation.call() instanceof GetAttribute get
            && operation.answer() instanceof Answer.Value answer
        ? read(get.name(), answer.value())
        : this;
  }

  private @Nullable Definition afterRefused(Operation operation) {
    boolean possible =
        switch (Refusal.of(operation.error())) {
          case ABSENT -> !exists;
          case DIFFERENT ->
              exists
                  && operation.call() instanceof CreateQueue create
                  && create.attributes().entrySet().stream()
                      .anyMatch(e -> !e.getValue().equals(values.get(e.getKey())));
          case OTHER -> true;
        };
    return possible ? this : null;
  }

  private @Nullable Definition confirmed(Map<String, String> attributes) {
    Definition told = this;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String value = told.values.get(attribute.getKey());
      if (value == null) {
        told = told.with(attribute.getKey(), attribute.getValue());
      } else if (!value.equals(attribute.getValue())) {
        return null;
      }
    }
    return told;
  }

  private @Nullable Definition read(String name, @Nullable String answer) {
    if (answer == null || !exists) {
      return answer == null && !exists ? this : null;
    }
    String value = values.get(name);
    if (value == null) {
      return with(name, answer);
    }
    return value.equals(answer) ? this : null;
  }

  private Definition with(String name, String value) {
    if (value.equals(values.get(name))) {
      return this;
    }
    SortedMap<String, String> changed = new TreeMap<>(values);
    changed.put(name, value);
    return new Definition(true, changed);
  }

  private static SortedMap<String, String> sorted(Map<String, String> attributes) {
    return new TreeMap<>(attributes);
  }
}
