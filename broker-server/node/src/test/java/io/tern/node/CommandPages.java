package io.tern.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * Writes docs/cli.md from the commands themselves: each with the help that it prints. For {@link
 * CommandPagesTest}.
 */
final class CommandPages {
  private static final String HEAD =
      """
      # The command `tern`

      Written by `make cli-docs` from the commands themselves; a test fails when it is not up to date.
      `deploy/local/tern` runs the command from a checkout. Times are written as `30s`, `5m`, `12h`,
      `4d` or plain seconds. With `--output json` a command prints one JSON document, whose keys stay
      as they are from version to version; what is absent is left out. Errors are one line on the
      error stream.

      """;

  private CommandPages() {}

  /** The whole file. */
  static String of(CommandLine root) {
    StringBuilder page = new StringBuilder(HEAD);
    List<CommandLine> all = new ArrayList<>();
    collect(root, all);
    for (CommandLine command : all) {
      String name = command.getCommandSpec().qualifiedName();
      page.append("- [").append(name).append("](#").append(name.replace(' ', '-')).append(")\n");
    }
    for (CommandLine command : all) {
      page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
      page.append(help(command)).append("```\n");
    }
    return page.toString();
  }

  private static String help(CommandLine command) {
    StringBuilder help = new StringBuilder();
    command
        .getUsageMessage(CommandLine.Help.Ansi.OFF)
        .lines()
        .forEach(line -> help.append(line.stripTrailing()).append('\n'));
    return help.toString();
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
      collect(each.getValue(), all);
    }
  }
}
