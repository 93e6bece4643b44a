package io.tern.state.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every script and compares; with {@code -Dscripts.rewrite=true} writes what came out into the
 * scripts instead. Commit a rewrite only when you understand its diff.
 */
class ScriptTest {
  /** A script with so many repetitions is not restarted, for time. */
  private static final Pattern LARGE = Pattern.compile("^repeat \\d{4,} ", Pattern.MULTILINE);

  private static final Path SCRIPTS = Path.of("src", "test", "scripts");

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  /** The same when every machine begins again with its snapshot after each block. */
  @TestFactory
  Stream<DynamicTest> scriptsWithRestarts() throws IOException {
    assumeThat(Boolean.getBoolean("scripts.rewrite")).isFalse();
    return files().stream()
        .map(file ->
            DynamicTest.dynamicTest(file.getFileName().toString(), () -> checkWithRestarts(file)));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(SCRIPTS)) {
      List<Path> files = found.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      assertThat(files).isNotEmpty();
      return files;
    }
  }

  private static void checkWithRestarts(Path file) throws IOException {
    String text = Files.readString(file, UTF_8);
    assumeThat(LARGE.matcher(text).find()).isFalse();
    World world = new World();
    String rendered =
        Script.parse(text)
            .render(block -> {
              Script.Block answered = answer(world, block);
              world.restart();
              return answered;
            });
    assertThat(rendered).isEqualTo(text);
  }

  private static void check(Path file) throws IOException {
    String text = Files.readString(file, UTF_8);
    World world = new World();
    String rendered = Script.parse(text).render(block -> answer(world, block));
    if (Boolean.getBoolean("scripts.rewrite")) {
      Files.writeString(file, rendered, UTF_8);
    } else {
      assertThat(rendered).isEqualTo(text);
    }
  }

  private static Script.Block answer(World world, Script.Block block) {
    if (block.commands().isEmpty()) {
      return block;
    }
    String told = world.run(block.commands());
    world.assertWhole();
    return new Script.Block(block.comments(), block.commands(), told);
  }
}
