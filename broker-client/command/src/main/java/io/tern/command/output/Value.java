package io.tern.command.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a command has to say, as data; {@link JsonText} writes it. What is absent is left out. */
public sealed interface Value {
  record Text(String text) implements Value {}

  record Whole(long number) implements Value {}

  record Truth(boolean holds) implements Value {}

  record Sequence(List<Value> values) implements Value {
    public Sequence {
      values = List.copyOf(values);
    }
  }

  record Field(String name, Value value) {}

  /** Fields in the order in which they are written. */
  record Fields(List<Field> fields) implements Value {
    public Fields {
      fields = List.copyOf(fields);
    }

    public Fields with(String name, Value value) {
      List<Field> more = new ArrayList<>(fields);
      more.add(new Field(name, value));
      return new Fields(more);
    }

    public Fields with(String name, String text) {
      return with(name, new Text(text));
    }

    public Fields with(String name, long number) {
      return with(name, new Whole(number));
    }

    public Fields with(String name, boolean holds) {
      return with(name, new Truth(holds));
    }

    public Fields with(String name, List<? extends Value> values) {
      return with(name, new Sequence(List.copyOf(values)));
    }

    public Fields withIf(boolean present, String name, String text) {
      return present ? with(name, text) : this;
    }
  }

  static Fields fields() {
    return new Fields(List.of());
  }

  /** The map's entries in the order of their keys. */
  static Fields sorted(Map<String, String> map) {
    return new Fields(
        map.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new Field(entry.getKey(), new Text(entry.getValue())))
            .toList());
  }

  static Sequence texts(List<String> texts) {
    return new Sequence(texts.stream().<Value>map(Text::new).toList());
  }
}
