package io.tern.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a source file should look. Each rule takes a file and tells what is wrong with it, nothing
 * when it is fine. Made for {@link TidyTest}, which also shows that each rule can fail.
 */
final class TidyRules {
  static final int FILE_LINES = 400;
  static final int METHOD_LINES = 50;
  static final int ARCHITECTURE_LINES = 249;

  private static final Set<String> SOURCES =
      Set.of("java", "c", "h", "py", "js", "mjs", "ts", "sh");

  private static final Set<String> BANNED_NAME_PARTS =
      Set.of("Manager", "Helper", "Helpers", "Util", "Utils", "Impl", "Abstract", "Base");

  private static final Pattern NAME_PART = Pattern.compile("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*");

  // Written so that this file does not contain what it looks for.
  private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TO[D]O|FIX[M]E)\\b");

  /** A host named as package registries name theirs; lock files must do without. */
  private static final Pattern REGISTRY =
      Pattern.compile("(?<=://)(repo|registry|packages|mirrors?)[0-9-]*\\.[a-z0-9.-]+");

  private TidyRules() {}

  /** At most so many lines: beyond that a concept lacks a name. */
  static List<String> fileLength(SourceFile file) {
    return SOURCES.contains(file.extension()) && file.lines() > FILE_LINES
        ? List.of(file.path() + " has " + file.lines() + " lines")
        : List.of();
  }

  /** At most so many lines between a method's braces, both included. */
  static List<String> methodLength(SourceFile file, JavaShape shape) {
    return shape.methods().stream()
        .filter(method -> method.bodyLines() > METHOD_LINES)
        .map(method -> file.path() + ": " + method.name() + " has " + method.bodyLines() + " lines")
        .toList();
  }

  /** No type is called after what it is made of instead of what it is for. */
  static List<String> typeNames(SourceFile file, JavaShape shape) {
    return shape.types().stream()
        .map(JavaShape.Type::name)
        .filter(name -> nameParts(name).stream().anyMatch(BANNED_NAME_PARTS::contains))
        .map(name -> file.path() + " declares " + name)
        .toList();
  }

  /** Every top-level type opens with a comment. */
  static List<String> openingComment(SourceFile file, JavaShape shape) {
    return shape.types().stream()
        .filter(type -> type.topLevel() && !type.documented())
        .map(type -> file.path() + ": " + type.name() + " has no opening comment")
        .toList();
  }

  /** Work left open belongs into an issue. */
  static List<String> nothingLeftOpen(SourceFile file) {
    return found(file, LEFT_OPEN);
  }

  /** Where packages come from is the business of each machine's own configuration. */
  static List<String> noRegistries(SourceFile file) {
    return found(file, REGISTRY);
  }

  /** The page that is read in ten minutes stays one. */
  static List<String> architectureLength(SourceFile file) {
    return file.path().equals("ARCHITECTURE.md") && file.lines() > ARCHITECTURE_LINES
        ? List.of(file.path() + " has " + file.lines() + " lines")
        : List.of();
  }

  /** Every constant of that class is named somewhere else; the compiler leaves no other trace. */
  static List<String> constantsAreUsed(SourceFile declared, List<SourceFile> files) {
    Predicate<SourceFile> elsewhere =
        file -> file.extension().equals("java") && !file.path().equals(declared.path());
    String all = String.join("\n", files.stream().filter(elsewhere).map(SourceFile::text).toList());
    return JavaShape.of(declared).fields().stream()
        .filter(field -> !Pattern.compile("\\b" + field + "\\b").matcher(all).find())
        .map(field -> declared.path() + ": nothing uses " + field)
        .toList();
  }

  private static List<String> nameParts(String name) {
    return NAME_PART.matcher(name).results().map(match -> match.group()).toList();
  }

  private static List<String> found(SourceFile file, Pattern unwanted) {
    List<String> violations = new ArrayList<>();
    int number = 0;
    for (String line : file.text().lines().toList()) {
      number++;
      Matcher matcher = unwanted.matcher(line);
      if (matcher.find()) {
        violations.add(file.path() + ":" + number + " says " + matcher.group());
      }
    }
    return violations;
  }
}
