package io.tern.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Follows the links between the files of the repository. Used by {@link TidyTest}. */
final class MarkdownLinks {
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

  private final Path root;
  private final Function<Path, String> read;

  MarkdownLinks(Path root, Function<Path, String> read) {
    this.root = root;
    this.read = read;
  }

  /** Links of the file that lead nowhere: no such file, or no such heading in it. */
  List<String> broken(SourceFile file) {
    if (!file.extension().equals("md")) {
      return List.of();
    }
    List<String> broken = new ArrayList<>();
    Matcher links = LINK.matcher(CODE.matcher(file.text()).replaceAll(""));
    while (links.find()) {
      String link = links.group(1);
      if (!ELSEWHERE.matcher(link).matches() && !resolves(file, link)) {
        broken.add(file.path() + " links to " + link);
      }
    }
    return broken;
  }

  private boolean resolves(SourceFile file, String link) {
    int hash = link.indexOf('#');
    String target = hash < 0 ? link : link.substring(0, hash);
    Path source = root.resolve(file.path());
    Path found = target.isEmpty() ? source : source.resolveSibling(target).normalize();
    if (!found.startsWith(root) || !Files.exists(found)) {
      return false;
    }
    String text = target.isEmpty() ? file.text() : hash < 0 ? "" : read.apply(found);
    return hash < 0 || headings(text).anyMatch(link.substring(hash + 1)::equals);
  }

  /** Headings as they are written in links. */
  private static Stream<String> headings(String text) {
    return HEADING
        .matcher(text)
        .results()
        .map((MatchResult heading) -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
  }
}
