package io.tern.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.command.output.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/cli.md is what the commands say, and every command says what a newcomer needs. */
class CommandPagesTest {
  private static final Path FILE = Path.of("..", "..", "docs", "cli.md");

  private final CommandLine root = root();

  @Test
  void theFileIsUpToDate() throws IOException {
    String written = CommandPages.of(root);
    if (Boolean.getBoolean("cli.rewrite")) {
      Files.writeString(FILE, written);
    }
    assertThat(FILE).as("run make cli-docs").hasContent(written);
  }

  @Test
  void everyCommandHasADescriptionAnExampleAndExitCodes() {
    List<CommandLine> leaves = new ArrayList<>();
    collectLeaves(root, leaves);
    assertThat(leaves).hasSizeGreaterThan(20);
    for (CommandLine leaf : leaves) {
      CommandLine.Model.UsageMessageSpec usage = leaf.getCommandSpec().usageMessage();
      String name = leaf.getCommandSpec().qualifiedName();
      assertThat(usage.description()).as(name).isNotEmpty();
      assertThat(String.join("\n", usage.footer())).as(name).contains("  " + exampleOf(name));
      assertThat(usage.exitCodeList()).as(name).hasSize(4);
    }
  }

  @Test
  void everyCommandAnswersToTheNameItIsFoundBy() {
    List<CommandLine> leaves = new ArrayList<>();
    collectLeaves(root, leaves);
    for (CommandLine leaf : leaves) {
      assertThat(leaf.getParent().getSubcommands()).containsKey(leaf.getCommandName());
    }
  }

  private static String exampleOf(String name) {
    return name.equals("tern completion") ? "source <(tern completion)" : name;
  }

  private static void collectLeaves(CommandLine command, List<CommandLine> leaves) {
    if (command.getSubcommands().isEmpty()) {
      leaves.add(command);
    }
    command.getSubcommands().values().forEach(each -> collectLeaves(each, leaves));
  }

  private static CommandLine root() {
    PrintWriter nobody =
        new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Main.commands(new Console(nobody, nobody, InputStream.nullInputStream(), () -> false))
        .everything();
  }
}
