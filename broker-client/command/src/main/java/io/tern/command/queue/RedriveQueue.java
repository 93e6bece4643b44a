package io.tern.command.queue;

import io.tern.command.output.Answer;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.Exit;
import io.tern.command.output.ProgressBar;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.command.rpc.Session;
import io.tern.command.values.CommandLimits;
import io.tern.proto.sqs.ListMessageMoveTasksRequest;
import io.tern.proto.sqs.ListMessageMoveTasksResultEntry;
import io.tern.proto.sqs.StartMessageMoveTaskRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern queue redrive}. */
@CommandLine.Command(
    name = "redrive",
    description = {
      "Moves the messages of a dead-letter queue back to where they came from, or to --to.",
      "Shows how far it is until it is done; interrupting the command does not stop the move."
    },
    footer = {
      "  tern queue redrive failed",
      "  tern queue redrive failed --to work --rate 100 --no-wait"
    })
public final class RedriveQueue implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name of the dead-letter queue.")
  private String name = "";

  @CommandLine.Option(
      names = "--to",
      paramLabel = "NAME",
      description = "The queue that gets the messages; without it each goes back to its own.")
  private @Nullable String destination;

  @CommandLine.Option(
      names = "--rate",
      paramLabel = "N",
      description = "Moves at most so many messages a second, up to 500.")
  private @Nullable Integer rate;

  @CommandLine.Option(names = "--no-wait", description = "Returns when the move has begun.")
  private boolean noWait;

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public RedriveQueue(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session -> {
          String arn = QueueNames.arn(session, name);
          String handle = start(session, arn);
          if (noWait) {
            return Answer.of(
                "the move of \"" + name + "\" has begun",
                Value.fields()
                    .with("queue", name)
                    .with("status", "RUNNING")
                    .with("taskHandle", handle));
          }
          return await(session, arn);
        });
  }

  private String start(Session session, String arn) {
    StartMessageMoveTaskRequest.Builder request =
        StartMessageMoveTaskRequest.newBuilder().setSourceArn(arn);
    if (destination != null) {
      request.setDestinationArn(QueueNames.arn(session, destination));
    }
    if (rate != null) {
      request.setMaxNumberOfMessagesPerSecond(rate);
    }
    return session.sqs().startMessageMoveTask(request.build()).getTaskHandle();
  }

  private Answer await(Session session, String arn) {
    ProgressBar progress = ProgressBar.on(console);
    try {
      while (true) {
        ListMessageMoveTasksResultEntry task = newest(session, arn);
        progress.show(
            "moved",
            task.getApproximateNumberOfMessagesMoved(),
            task.getApproximateNumberOfMessagesToMove());
        if (!task.getStatus().equals("RUNNING") && !task.getStatus().equals("CANCELLING")) {
          return answer(task);
        }
        pause();
      }
    } finally {
      progress.end();
    }
  }

  private Answer answer(ListMessageMoveTasksResultEntry task) {
    if (!task.getStatus().equals("COMPLETED")) {
      throw CommandFailure.refused(
          "the move of \"%s\" ended as %s after %d messages%s"
              .formatted(
                  name,
                  task.getStatus(),
                  task.getApproximateNumberOfMessagesMoved(),
                  task.getFailureReason().isEmpty() ? "" : ": " + task.getFailureReason()));
    }
    return Answer.of(
        "moved " + task.getApproximateNumberOfMessagesMoved() + " messages out of \"" + name + "\"",
        Value.fields()
            .with("queue", name)
            .with("status", task.getStatus())
            .with("moved", task.getApproximateNumberOfMessagesMoved()));
  }

  /** The task that was started last. */
  private ListMessageMoveTasksResultEntry newest(Session session, String arn) {
    Optional<ListMessageMoveTasksResultEntry> task =
        session
            .sqs()
            .listMessageMoveTasks(
                ListMessageMoveTasksRequest.newBuilder().setSourceArn(arn).setMaxResults(1).build())
            .getResultsList()
            .stream()
            .findFirst();
    return task.orElseThrow(
        () -> CommandFailure.refused("the move of \"" + name + "\" is not known any more"));
  }

  private static void pause() {
    try {
      Thread.sleep(CommandLimits.PROGRESS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.FAILED, "interrupted; the move goes on", e);
    }
  }
}
