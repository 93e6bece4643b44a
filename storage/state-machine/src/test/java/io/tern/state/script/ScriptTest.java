package io.tern.state.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every script and compares; with {@code -Dscripts.rewrite=true} writes what came out into the
 * scripts instead. Commit a rewrite only when you understand its diff.
 */
class ScriptTest {
  private static final Path SCRIPTS = Path.of("src", "test", "scripts");

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(SCRIPTS)) {
      files = found.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
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
    world.assertImagesAreWhole();
    return new Script.Block(block.comments(), block.commands(), told);
  }
}
