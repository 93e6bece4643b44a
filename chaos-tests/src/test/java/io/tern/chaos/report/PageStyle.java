package io.tern.chaos.report;

/** The frame of a page: nothing from elsewhere, light and dark. */
final class PageStyle {
  private static final String CSS =
      """
      :root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --pale: #5b6572;
        --line: #d8dde3; --panel: #f5f7f9; --good: #1a7f4b; --good-ground: #dff3e7;
        --bad: #b3261e; --bad-ground: #fbe3e1; --open: #8a5a00; --open-ground: #fdf0d5;
        --blue: #2563c9; --violet: #8b45c7; --rose: #d0365f; }
      @media (prefers-color-scheme: dark) { :root { --ground: #14171a; --text: #e4e8ec;
        --pale: #98a3af; --line: #333a42; --panel: #1c2126; --good: #66d19e;
        --good-ground: #143325; --bad: #ff8a80; --bad-ground: #47201d; --open: #f2c063;
        --open-ground: #3d2f12; --blue: #6ea8fe; --violet: #c79bf2; --rose: #ff8fab; } }
      body { background: var(--ground); color: var(--text); margin: 0 auto; max-width: 1180px;
        padding: 16px 20px 60px; font: 14px/1.45 system-ui, sans-serif; }
      h1 { font-size: 22px; margin: 8px 0; } h2 { font-size: 17px; margin: 28px 0 8px; }
      h3 { font-size: 14px; margin: 16px 0 2px; } p { margin: 6px 0; }
      .pale { color: var(--pale); }
      svg { display: block; width: 100%; height: auto; background: var(--panel);
        border-radius: 6px; margin: 4px 0; }
      svg text { font: 11px system-ui, sans-serif; fill: var(--text); }
      svg .tick { fill: var(--pale); } svg .grid { stroke: var(--line); }
      svg path { fill: none; stroke-width: 1.4; }
      svg .area { fill: var(--blue); fill-opacity: 0.14; } svg .ok { stroke: var(--blue); }
      svg .p50 { stroke: var(--good); } svg .p99 { stroke: var(--violet); }
      svg .max { stroke: var(--rose); stroke-opacity: 0.75; }
      svg .gap { fill: var(--bad); fill-opacity: 0.18; }
      svg .unknown { fill: var(--open); } svg .fail { fill: var(--pale); }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; margin: 6px 0; }
      th, td { border: 1px solid var(--line); padding: 3px 9px; text-align: right;
        vertical-align: top; font-variant-numeric: tabular-nums; }
      th { background: var(--panel); font-weight: 600; }
      .text { text-align: left; overflow-wrap: anywhere; }
      .good { color: var(--good); background: var(--good-ground); }
      .bad { color: var(--bad); background: var(--bad-ground); font-weight: 600; }
      .open { color: var(--open); background: var(--open-ground); }
      .none { color: var(--pale); }
      .word { padding: 2px 10px; border-radius: 10px; font-weight: 600; }
      li { margin: 3px 0; overflow-wrap: anywhere; font-family: ui-monospace, monospace;
        font-size: 12.5px; }
      """;

  private PageStyle() {}

  static String page(String title, String content) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        + Markup.element("title", Markup.escape(title))
        + "\n<style>\n"
        + CSS
        + "</style>\n</head>\n<body>\n"
        + content
        + "</body>\n</html>\n";
  }

  /** A word on its colour: GREEN, RED or OPEN. */
  static String word(String word) {
    String kind =
        switch (word) {
          case "GREEN" -> "good";
          case "RED" -> "bad";
          default -> "open";
        };
    return "<span class=\"word " + kind + "\">" + word + "</span>";
  }
}
