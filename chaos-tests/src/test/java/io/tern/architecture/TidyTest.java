package io.tern.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources of the whole repository look as STYLE.md says, and untidy ones are found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TidyTest {
  private static final String LIMITS = "storage/state-machine/src/main/java/io/tern/state/limits/";
  private static final String CLIENT_LIMITS =
      "broker-client/client/src/main/java/io/tern/client/ClientLimits.java";
  private static final String COMMAND_LIMITS =
      "broker-client/command/src/main/java/io/tern/command/values/CommandLimits.java";

  private final Repository repository = new Repository();
  private final List<SourceFile> files = repository.files();
  private final Map<String, JavaShape> shapes = JavaShape.ofAll(files);

  @Test
  void filesAreShort() {
    assertThat(violations(TidyRules::fileLength)).isEmpty();
  }

  @Test
  void methodsAreShort() {
    assertThat(shapeViolations(TidyRules::methodLength)).isEmpty();
  }

  @Test
  void typesAreNamedForWhatTheyAreFor() {
    assertThat(shapeViolations(TidyRules::typeNames)).isEmpty();
  }

  @Test
  void everyTopLevelTypeOpensWithAComment() {
    assertThat(shapeViolations(TidyRules::openingComment)).isEmpty();
  }

  @Test
  void linksBetweenDocumentsResolve() {
    MarkdownLinks links = new MarkdownLinks(repository.root(), TidyTest::read);
    assertThat(violations(links::broken)).isEmpty();
  }

  @Test
  void everyLimitIsUsed() {
    assertThat(TidyRules.constantsAreUsed(file(LIMITS + "Limits.java"), files)).isEmpty();
    assertThat(TidyRules.constantsAreUsed(file(LIMITS + "DeliveryLimits.java"), files)).isEmpty();
    assertThat(TidyRules.constantsAreUsed(file(CLIENT_LIMITS), files)).isEmpty();
    assertThat(TidyRules.constantsAreUsed(file(COMMAND_LIMITS), files)).isEmpty();
    assertThat(TidyRules.constantsAreUsed(file(LIMITS + "GrpcLimits.java"), files)).isEmpty();
  }

  @Test
  void theArchitectureIsReadInTenMinutes() {
    assertThat(TidyRules.architectureLength(file("ARCHITECTURE.md"))).isEmpty();
  }

  @Test
  void nothingIsLeftOpen() {
    assertThat(violations(TidyRules::nothingLeftOpen)).isEmpty();
  }

  @Test
  void noFileNamesARegistry() {
    assertThat(violations(TidyRules::noRegistries)).isEmpty();
  }

  @Test
  void aLongFileIsFound() {
    assertThat(TidyRules.fileLength(new SourceFile("a/Long.java", "\n".repeat(401))))
        .containsExactly("a/Long.java has 401 lines");
    assertThat(TidyRules.fileLength(new SourceFile("a/Long.java", "\n".repeat(400)))).isEmpty();
    assertThat(TidyRules.architectureLength(new SourceFile("ARCHITECTURE.md", "\n".repeat(250))))
        .hasSize(1);
  }

  @Test
  void aLongMethodIsFound() {
    assertThat(judged(TidyRules::methodLength, method(50))).isEmpty();
    assertThat(judged(TidyRules::methodLength, method(51)))
        .containsExactly("A.java: m has 51 lines");
  }

  @ParameterizedTest
  @ValueSource(strings = {"QueueManager", "IoUtils", "AbstractQueue", "BaseQueue", "QueueImpl"})
  void aNameThatSaysNothingIsFound(String name) {
    assertThat(judged(TidyRules::typeNames, java("record A() { interface " + name + " {} }")))
        .containsExactly("A.java declares " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Database", "Utility", "Managers", "Implicit", "Basement"})
  void aNameThatOnlyBeginsLikeThatIsFine(String name) {
    assertThat(judged(TidyRules::typeNames, java("record " + name + "() {}"))).isEmpty();
  }

  @Test
  void aMissingOpeningCommentIsFound() {
    assertThat(judged(TidyRules::openingComment, java("enum A { B }")))
        .containsExactly("A.java: A has no opening comment");
    assertThat(judged(TidyRules::openingComment, java("/** For tests. */ enum A { B }"))).isEmpty();
  }

  @Test
  void aBrokenLinkIsFound(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("there.md"), "# A heading, with signs\n");
    MarkdownLinks links = new MarkdownLinks(root, TidyTest::read);
    assertThat(
            links.broken(
                new SourceFile(
                    "here.md",
                    """
                    [fine](there.md) [too](there.md#a-heading-with-signs) [web](https://example.org)
                    [no file](gone.md) [no heading](there.md#gone) [outside](../there.md)
                    `[code](gone.md)`
                    """)))
        .containsExactly(
            "here.md links to gone.md",
            "here.md links to there.md#gone",
            "here.md links to ../there.md");
  }

  @Test
  void anUnusedLimitIsFound() {
    SourceFile limits = java("/** L. */ class A { static final int USED = 1, UNUSED = 2; }");
    SourceFile user = new SourceFile("B.java", "class B { int b = A.USED; }");
    assertThat(TidyRules.constantsAreUsed(limits, List.of(limits, user)))
        .containsExactly("A.java: nothing uses UNUSED");
  }

  @Test
  void workLeftOpenIsFound() {
    // In two parts, so that this file is tidy itself.
    SourceFile file = java("// TO" + "DO later");
    assertThat(TidyRules.nothingLeftOpen(file)).containsExactly("A.java:1 says TO" + "DO");
  }

  @Test
  void aRegistryIsFound() {
    SourceFile file = new SourceFile("a.json", "{\n\"from\": \"https:/" + "/registry.example/a\"}");
    assertThat(TidyRules.noRegistries(file)).containsExactly("a.json:2 says registry.example");
  }

  private List<String> violations(Function<SourceFile, List<String>> rule) {
    return files.stream().map(rule).flatMap(Collection::stream).toList();
  }

  private List<String> shapeViolations(BiFunction<SourceFile, JavaShape, List<String>> rule) {
    return violations(file -> rule.apply(file, shapes.getOrDefault(file.path(), JavaShape.NONE)));
  }

  private static List<String> judged(
      BiFunction<SourceFile, JavaShape, List<String>> rule, SourceFile file) {
    return rule.apply(file, JavaShape.of(file));
  }

  private SourceFile file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst().orElseThrow();
  }

  private static SourceFile java(String text) {
    return new SourceFile("A.java", text);
  }

  private static SourceFile method(int bodyLines) {
    return java("class A { void m() {" + "\n".repeat(bodyLines - 1) + "} }");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
