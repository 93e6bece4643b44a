package io.tern.command.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;

/** Writes one document, on one line. For {@link Answer} and {@link ItemStream}. */
final class JsonText {
  private JsonText() {}

  static JsonGenerator generator(PrintWriter out) throws IOException {
    JsonFactory json =
        JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
    return json.createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
  }

  static void write(Value value, PrintWriter out) throws IOException {
    try (JsonGenerator json = generator(out)) {
      write(value, json);
    }
    out.println();
  }

  static void write(Value value, JsonGenerator json) throws IOException {
    switch (value) {
      case Value.Text(String text) -> json.writeString(text);
      case Value.Whole(long number) -> json.writeNumber(number);
      case Value.Truth(boolean holds) -> json.writeBoolean(holds);
      case Value.Sequence sequence -> {
        json.writeStartArray();
        for (Value each : sequence.values()) {
          write(each, json);
        }
        json.writeEndArray();
      }
      case Value.Fields fields -> {
        json.writeStartObject();
        writeFields(fields, json);
        json.writeEndObject();
      }
    }
  }

  static void writeFields(Value.Fields fields, JsonGenerator json) throws IOException {
    for (Value.Field field : fields.fields()) {
      json.writeFieldName(field.name());
      write(field.value(), json);
    }
  }
}
