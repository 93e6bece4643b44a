package io.tern.command;

import io.tern.command.cluster.ClusterNodes;
import io.tern.command.cluster.ClusterPartitions;
import io.tern.command.cluster.ClusterStatus;
import io.tern.command.imports.ImportCommand;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.Exit;
import io.tern.command.queue.CreateQueue;
import io.tern.command.queue.DeleteQueue;
import io.tern.command.queue.DescribeQueue;
import io.tern.command.queue.ListQueues;
import io.tern.command.queue.PurgeQueue;
import io.tern.command.queue.ReceiveMessages;
import io.tern.command.queue.RedriveQueue;
import io.tern.command.queue.SendMessages;
import io.tern.command.subscription.CreateSubscription;
import io.tern.command.subscription.DeleteSubscription;
import io.tern.command.subscription.DescribeSubscription;
import io.tern.command.subscription.ListSubscriptions;
import io.tern.command.topic.CreateTopic;
import io.tern.command.topic.DeleteTopic;
import io.tern.command.topic.DescribeTopic;
import io.tern.command.topic.ListTopics;
import io.tern.command.topic.PublishMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * All words of the command {@code tern}. The node's main class adds those that need a node, and
 * runs it. Only what the arguments name is built, for start-up is most of what a command does.
 */
public final class TernCommands {
  private final Console console;
  private final String version;
  private final List<Branch> branches;

  /** With these commands before our own. */
  public TernCommands(Console console, String version, List<Branch.Leaf> others) {
    this.console = console;
    this.version = version;
    List<Branch> all = new ArrayList<>(others);
    all.add(cluster());
    all.add(queue());
    all.add(topic());
    all.add(subscription());
    all.add(Branch.Leaf.of("import", () -> new ImportCommand(console)));
    all.add(Branch.Leaf.of("completion", () -> new CompletionCommand(console, this::everything)));
    this.branches = List.copyOf(all);
  }

  /** Runs what the arguments say; returns the exit code. */
  public int execute(String... arguments) {
    return root(named(arguments)).execute(arguments);
  }

  /** The tree with every command, for completion and documentation. */
  public CommandLine everything() {
    return root(branches);
  }

  private Branch cluster() {
    return new Branch.Group(
        "cluster",
        "Shows the nodes and partitions of a cluster.",
        List.of(
            Branch.Leaf.of("status", () -> new ClusterStatus(console)),
            Branch.Leaf.of("nodes", () -> new ClusterNodes(console)),
            Branch.Leaf.of("partitions", () -> new ClusterPartitions(console))));
  }

  private Branch queue() {
    return new Branch.Group(
        "queue",
        "Creates, shows, fills and empties queues.",
        List.of(
            Branch.Leaf.of("create", () -> new CreateQueue(console)),
            Branch.Leaf.of("list", () -> new ListQueues(console)),
            Branch.Leaf.of("describe", () -> new DescribeQueue(console)),
            Branch.Leaf.of("send", () -> new SendMessages(console)),
            Branch.Leaf.of("receive", () -> new ReceiveMessages(console)),
            Branch.Leaf.of("purge", () -> new PurgeQueue(console)),
            Branch.Leaf.of("redrive", () -> new RedriveQueue(console)),
            Branch.Leaf.of("delete", () -> new DeleteQueue(console))));
  }

  private Branch topic() {
    return new Branch.Group(
        "topic",
        "Creates and shows topics, and publishes to them.",
        List.of(
            Branch.Leaf.of("create", () -> new CreateTopic(console)),
            Branch.Leaf.of("list", () -> new ListTopics(console)),
            Branch.Leaf.of("describe", () -> new DescribeTopic(console)),
            Branch.Leaf.of("publish", () -> new PublishMessage(console)),
            Branch.Leaf.of("delete", () -> new DeleteTopic(console))));
  }

  private Branch subscription() {
    return new Branch.Group(
        "subscription",
        "Says who gets what is published to a topic.",
        List.of(
            Branch.Leaf.of("create", () -> new CreateSubscription(console)),
            Branch.Leaf.of("list", () -> new ListSubscriptions(console)),
            Branch.Leaf.of("describe", () -> new DescribeSubscription(console)),
            Branch.Leaf.of("delete", () -> new DeleteSubscription(console))));
  }

  /** What the arguments need: one command, those of one group, or the words to begin with. */
  private List<Branch> named(String[] arguments) {
    return branches.stream()
        .filter(branch -> arguments.length > 0 && branch.name().equals(arguments[0]))
        .findFirst()
        .map(branch -> List.of(narrowed(branch, arguments)))
        .orElseGet(() -> isVersion(arguments) ? List.of() : firstWords());
  }

  private static Branch narrowed(Branch branch, String[] arguments) {
    return switch (branch) {
      case Branch.Leaf leaf -> leaf;
      case Branch.Group group ->
          group.leaves().stream()
              .filter(leaf -> arguments.length > 1 && leaf.name().equals(arguments[1]))
              .findFirst()
              .map(leaf -> new Branch.Group(group.name(), group.description(), List.of(leaf)))
              .orElse(group);
    };
  }

  private static boolean isVersion(String[] arguments) {
    return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
  }

  /** The groups without their commands. */
  private List<Branch> firstWords() {
    return branches.stream()
        .<Branch>map(branch ->
            switch (branch) {
              case Branch.Leaf leaf -> leaf;
              case Branch.Group group ->
                  new Branch.Group(group.name(), group.description(), List.of());
            })
        .toList();
  }

  private CommandLine root(List<Branch> shown) {
    CommandLine root = new CommandLine(new RootCommand());
    root.getCommandSpec().version("tern " + version);
    for (Branch branch : shown) {
      switch (branch) {
        case Branch.Leaf leaf -> root.addSubcommand(leaf.name(), leaf(leaf));
        case Branch.Group group -> root.addSubcommand(group.name(), group(group));
      }
    }
    return root.setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(TernCommands::explain)
        // The outermost command's handler is asked, whichever command fails.
        .setExecutionExceptionHandler(TernCommands::explainFailure);
  }

  private static CommandLine group(Branch.Group group) {
    CommandLine command = new CommandLine(new GroupCommand());
    CommandLine.Model.CommandSpec spec = command.getCommandSpec().name(group.name());
    spec.mixinStandardHelpOptions(true);
    spec.usageMessage().description(group.description());
    for (Branch.Leaf leaf : group.leaves()) {
      command.addSubcommand(leaf.name(), leaf(leaf));
    }
    return command;
  }

  private static CommandLine leaf(Branch.Leaf leaf) {
    CommandLine command = leaf.command().get();
    CommandLine.Model.CommandSpec spec = command.getCommandSpec();
    if (!spec.mixinStandardHelpOptions()) {
      spec.mixinStandardHelpOptions(true);
    }
    spec.usageMessage()
        .sortOptions(false)
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(Exit.meanings());
    if (spec.usageMessage().footer().length > 0) {
      spec.usageMessage().footerHeading("%nExample:%n");
    }
    return command;
  }

  private static int explain(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println("tern: " + mistake.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Exit.USAGE.code();
  }

  /** What a person or the cluster caused is told in one line; anything else is a fault of ours. */
  private static int explainFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    return switch (failure) {
      case CommandFailure told -> {
        command.getErr().println("tern: " + told.line());
        if (told.exit() == Exit.USAGE) {
          String name = command.getCommandSpec().qualifiedName();
          command.getErr().println("Try '" + name + " --help'.");
        }
        yield told.exit().code();
      }
      case IOException broken -> {
        command.getErr().println("tern: " + broken.getMessage());
        yield Exit.FAILED.code();
      }
      default -> throw failure;
    };
  }
}
