package io.tern.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of docs/semantics.md: under each heading, rows whose first cell names what is promised
 * and whose last cell names the tests and scripts that show it. Used by {@link SemanticsTest}.
 */
final class SemanticsTable {
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern EVIDENCE = Pattern.compile("[A-Za-z0-9]+Test|[a-z0-9-]+\\.txt");

  private final List<Row> rows;

  /** One row: where it stands, what it names first and last. */
  record Row(String heading, List<String> names, List<String> evidence) {}

  SemanticsTable(String document) {
    List<Row> found = new ArrayList<>();
    String heading = "";
    for (String line : document.lines().toList()) {
      if (line.startsWith("## ")) {
        heading = line.substring(3).strip();
      } else if (line.startsWith("|") && !line.startsWith("|-")) {
        String[] cells = line.split("(?<!\\\\)\\|", -1);
        found.add(new Row(heading, quoted(cells[1]), quoted(cells[cells.length - 2])));
      }
    }
    rows = List.copyOf(found);
  }

  /** Which of the names have no row under the heading, or one that shows nothing. */
  List<String> unshown(String heading, List<String> names) {
    return unshown(List.of(heading), names);
  }

  /** The same for names that may stand under any of some headings. */
  List<String> unshown(List<String> headings, List<String> names) {
    String where = String.join(", ", headings);
    List<String> violations = new ArrayList<>();
    for (String name : names) {
      List<Row> about =
          rows.stream()
              .filter(row -> headings.contains(row.heading()) && row.names().contains(name))
              .toList();
      if (about.isEmpty()) {
        violations.add(where + ": no row for " + name);
      } else if (about.stream().allMatch(row -> evidence(row).isEmpty())) {
        violations.add(where + ": the row for " + name + " names no test and no script");
      }
    }
    return violations;
  }

  /** Tests and scripts that rows name and that are not among these. */
  List<String> missing(Set<String> testsAndScripts) {
    return rows.stream()
        .flatMap(row -> evidence(row).stream())
        .filter(name -> !testsAndScripts.contains(name))
        .distinct()
        .map(name -> "there is no " + name)
        .toList();
  }

  private static List<String> evidence(Row row) {
    return row.evidence().stream().filter(name -> EVIDENCE.matcher(name).matches()).toList();
  }

  private static List<String> quoted(String cell) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(cell);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return List.copyOf(names);
  }
}
