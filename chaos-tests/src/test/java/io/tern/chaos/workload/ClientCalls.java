package io.tern.chaos.workload;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How one client thread calls the cluster: at its pace, at one node until that fails, and every
 * call into the history. {@link RecordingSqs} and its neighbours say what to call.
 */
final class ClientCalls {
  private static final int LEAST_PAUSE_MILLIS = 50;
  private static final int PAUSE_MILLIS = 200;

  /** So that a node that was down has its clients again some time after. */
  private static final int CALLS_AT_A_NODE = 50;

  /** What the answer to a batch says of its entries, which are named by their place. */
  record BatchEnd(Map<String, Answer> done, Map<String, Failure> failed) {}

  private final Recorder recorder;
  private final String workload;
  private final String client;
  private final List<NodeClients> nodes;
  private final Pace pace;
  private final Random random;
  private int at;

  ClientCalls(
      Recorder recorder,
      String workload,
      String client,
      List<NodeClients> nodes,
      Pace pace,
      Random random) {
    this.recorder = recorder;
    this.workload = workload;
    this.client = client;
    this.nodes = List.copyOf(nodes);
    this.pace = pace;
    this.random = random;
    this.at = random.nextInt(nodes.size());
  }

  Operation one(Call call, Function<NodeClients, Answer> request) {
    NodeClients node = nextNode();
    Recorder.Begun begun = recorder.begin(workload, client, node.name());
    try {
      return begun.ok(call, request.apply(node));
    } catch (SdkException error) {
      Failure failure = Failure.of(error);
      Operation operation = begun.notOk(failure.outcome(), failure.text(), call);
      after(failure);
      return operation;
    }
  }

  /** One request with an operation for each entry, in their order. */
  List<Operation> batch(List<? extends Call> entries, Function<NodeClients, BatchEnd> request) {
    NodeClients node = nextNode();
    List<Recorder.Begun> begun = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      begun.add(recorder.begin(workload, client, node.name()));
    }
    List<Operation> operations = new ArrayList<>();
    try {
      BatchEnd end = request.apply(node);
      for (int i = 0; i < entries.size(); i++) {
        operations.add(endOf(i, end, begun.get(i), entries.get(i)));
      }
      end.failed().values().stream()
          .filter(Failure::nodeIsToBlame)
          .findAny()
          .ifPresent(this::after);
    } catch (SdkException error) {
      Failure failure = Failure.of(error);
      for (int i = 0; i < entries.size(); i++) {
        operations.add(begun.get(i).notOk(failure.outcome(), failure.text(), entries.get(i)));
      }
      after(failure);
    }
    return operations;
  }

  private static Operation endOf(int entry, BatchEnd end, Recorder.Begun begun, Call call) {
    String id = Integer.toString(entry);
    Answer answer = end.done().get(id);
    if (answer != null) {
      return begun.ok(call, answer);
    }
    Failure failure = end.failed().getOrDefault(id, Failure.withoutAnswer());
    return begun.notOk(failure.outcome(), failure.text(), call);
  }

  private NodeClients nextNode() {
    pace.await();
    if (random.nextInt(CALLS_AT_A_NODE) == 0) {
      at = (at + 1) % nodes.size();
    }
    return nodes.get(at);
  }

  private void after(Failure failure) {
    if (failure.nodeIsToBlame()) {
      at = (at + 1) % nodes.size();
      // A cluster that answers nobody is not helped by clients that ask at once again.
      int pauseMillis = random.nextInt(LEAST_PAUSE_MILLIS, PAUSE_MILLIS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
    }
  }
}
