package io.tern.command.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints items as they come: lines for people, or one JSON document whose array grows. For commands
 * whose answer may be long; nothing is kept.
 */
public final class ItemStream {
  private final PrintWriter out;
  private final @Nullable JsonGenerator json;

  private ItemStream(PrintWriter out, @Nullable JsonGenerator json) {
    this.out = out;
    this.json = json;
  }

  /** Begins a document with these fields and then an array of that name. */
  public static ItemStream begin(
      OutputFormat format, PrintWriter out, Value.Fields head, String arrayName)
      throws IOException {
    return switch (format) {
      case TABLE -> new ItemStream(out, null);
      case JSON -> {
        JsonGenerator json = JsonText.generator(out);
        json.writeStartObject();
        JsonText.writeFields(head, json);
        json.writeArrayFieldStart(arrayName);
        yield new ItemStream(out, json);
      }
    };
  }

  /** Prints one item; whoever reads the other end has it at once. */
  public void item(List<String> lines, Value value) throws IOException {
    if (json == null) {
      lines.forEach(out::println);
    } else {
      JsonText.write(value, json);
      json.flush();
    }
    out.flush();
  }

  /** Ends the array, adds the fields and ends the document; people get the lines. */
  public void end(List<String> lines, Value.Fields tail) throws IOException {
    if (json == null) {
      lines.forEach(out::println);
    } else {
      json.writeEndArray();
      JsonText.writeFields(tail, json);
      json.writeEndObject();
      json.close();
      out.println();
    }
    out.flush();
  }
}
