package io.tern.command.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns under headings; numbers stand at the right. Made by commands, printed by {@link Answer}.
 */
public record Table(List<String> headings, List<List<String>> rows) {
  private static final String GAP = "  ";

  public Table {
    headings = List.copyOf(headings);
    rows = rows.stream().map(row -> row.stream().map(Printable::cell).toList()).toList();
    for (List<String> row : rows) {
      if (row.size() != headings.size()) {
        throw new IllegalArgumentException(row.size() + " cells under " + headings.size());
      }
    }
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The headings and the rows, without spaces at the end. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(headings));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  /** Names and what belongs to them, one pair a line, without headings. */
  public static List<String> pairs(List<List<String>> pairs) {
    return new Table(List.of("", ""), pairs).lines().stream().skip(1).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(width(column) - length(cell));
      line.append(column == 0 ? "" : GAP);
      line.append(isNumeric(column) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int widest = length(headings.get(column));
    for (List<String> row : rows) {
      widest = Math.max(widest, length(row.get(column)));
    }
    return widest;
  }

  private boolean isNumeric(int column) {
    boolean some = false;
    for (List<String> row : rows) {
      String cell = row.get(column);
      if (!cell.equals("-")) {
        some = true;
        if (cell.isEmpty() || !cell.chars().allMatch(Character::isDigit)) {
          return false;
        }
      }
    }
    return some;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
