package io.tern.chaos.report;

/** An HTML table under construction; cells are escaped here. */
final class Table {
  private final StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<tr>");

  Table(String... heads) {
    for (String head : heads) {
      html.append(Markup.element("th", Markup.escape(head)));
    }
    html.append("</tr>\n");
  }

  Table row() {
    html.append("<tr>");
    return this;
  }

  /** Words, at the left. */
  Table text(String text) {
    return cell("text", text, "");
  }

  Table number(long number) {
    return cell("", Markup.number(number), "");
  }

  /** A figure with its unit. */
  Table figure(String figure) {
    return cell("", figure, "");
  }

  Table cell(String kind, String text, String title) {
    html.append("<td");
    attribute("class", kind);
    attribute("title", title);
    html.append('>').append(Markup.escape(text)).append("</td>");
    return this;
  }

  /** Content that is markup already. */
  Table raw(String markup) {
    html.append("<td class=\"text\">").append(markup).append("</td>");
    return this;
  }

  private void attribute(String name, String value) {
    if (!value.isEmpty()) {
      html.append(' ').append(name).append("=\"").append(Markup.escape(value)).append('"');
    }
  }

  Table end() {
    html.append("</tr>\n");
    return this;
  }

  String html() {
    return html + "</table></div>\n";
  }
}
