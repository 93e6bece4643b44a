package io.tern.chaos.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object of a history file, by name. Made for {@link HistoryFile}. */
final class JsonFields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private JsonFields() {}

  /** Reads on from the object's opening brace; what is null is left out. */
  static JsonFields read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object: " + json.currentToken());
    }
    JsonFields read = new JsonFields();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        read.fields.put(name, read(json));
      } else if (token == JsonToken.START_ARRAY) {
        List<JsonFields> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(json));
        }
        read.fields.put(name, list);
      } else if (token.isNumeric()) {
        read.fields.put(name, json.getLongValue());
      } else if (token.isBoolean()) {
        read.fields.put(name, json.getBooleanValue());
      } else if (token != JsonToken.VALUE_NULL) {
        read.fields.put(name, json.getText());
      }
    }
    return read;
  }

  String text(String name) throws IOException {
    return of(String.class, name);
  }

  @Nullable String textOrNull(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  long number(String name) throws IOException {
    return of(Long.class, name);
  }

  int integer(String name) throws IOException {
    return Math.toIntExact(number(name));
  }

  boolean isTrue(String name) throws IOException {
    return of(Boolean.class, name);
  }

  JsonFields object(String name) throws IOException {
    return of(JsonFields.class, name);
  }

  List<JsonFields> list(String name) {
    List<JsonFields> found = new ArrayList<>();
    if (fields.get(name) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof JsonFields object) {
          found.add(object);
        }
      }
    }
    return found;
  }

  /** The texts of an object that has nothing but texts. */
  Map<String, String> texts(String name) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : object(name).fields.entrySet()) {
      if (field.getValue() instanceof String text) {
        texts.put(field.getKey(), text);
      }
    }
    return texts;
  }

  private <T> T of(Class<T> type, String name) throws IOException {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new IOException("no " + type.getSimpleName() + " called " + name);
    }
    return type.cast(value);
  }
}
