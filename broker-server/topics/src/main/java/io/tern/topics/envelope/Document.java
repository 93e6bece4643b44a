package io.tern.topics.envelope;

import io.tern.proto.content.ContentAttribute;
import java.util.Base64;
import java.util.List;

/** A JSON object of texts being written, in one of the two layouts SNS uses. */
final class Document {

  /** How the members stand. */
  enum Layout {
    /** A member a line, as subscribers get envelopes. */
    LINES,
    /** No blank at all, as Lambda and streams get it. */
    COMPACT
  }

  private final StringBuilder text;
  private final Layout layout;
  private boolean empty = true;

  Document(Layout layout, int expectedCharacters) {
    this.layout = layout;
    this.text = new StringBuilder(expectedCharacters).append('{');
  }

  Document add(String name, String value) {
    name(name);
    JsonText.quote(text, value);
    return this;
  }

  /** A member whose value is JSON already. */
  Document addJson(String name, String json) {
    name(name);
    text.append(json);
    return this;
  }

  Document addAttributes(String name, List<ContentAttribute> attributes) {
    name(name);
    text.append('{');
    boolean first = true;
    for (ContentAttribute attribute : attributes) {
      text.append(first ? "" : ",").append(layout == Layout.LINES ? "\n    " : "");
      JsonText.quote(text, attribute.getName());
      text.append(layout == Layout.LINES ? " : " : ":").append("{\"Type\":");
      JsonText.quote(text, attribute.getDataType());
      text.append(",\"Value\":");
      JsonText.quote(text, value(attribute));
      text.append('}');
      first = false;
    }
    text.append(layout == Layout.LINES && !first ? "\n  }" : "}");
    return this;
  }

  String end() {
    return text.append(layout == Layout.LINES ? "\n}" : "}").toString();
  }

  static String value(ContentAttribute attribute) {
    return attribute.hasBinary()
        ? Base64.getEncoder().encodeToString(attribute.getBinary().toByteArray())
        : attribute.getText();
  }

  private void name(String name) {
    text.append(empty ? "" : ",").append(layout == Layout.LINES ? "\n  " : "");
    JsonText.quote(text, name);
    text.append(layout == Layout.LINES ? " : " : ":");
    empty = false;
  }
}
