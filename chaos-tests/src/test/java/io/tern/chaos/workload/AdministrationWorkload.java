package io.tern.chaos.workload;

import io.tern.chaos.history.Operation;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Queues and topics of few names, made, changed, read and deleted by several clients at once. */
final class AdministrationWorkload implements LoadedWorkload {
  private static final int CLIENTS = 5;

  private final Load load;
  private final Administer administer;

  AdministrationWorkload(WorkloadContext context) {
    this.load = new Load("administration", context);
    this.administer =
        new Administer(
            List.of(load.name("q0"), load.name("q1")), List.of(load.name("t0"), load.name("t1")));
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    for (int i = 0; i < CLIENTS; i++) {
      load.client("client-" + i, administer);
    }
  }

  /** Reads every name once more. */
  @Override
  public void drain() {
    long startedNanos = System.nanoTime();
    try {
      Client last = load.lastClient("last");
      List<Operation> reads = administer.readAll(last);
      while (!reads.stream().allMatch(Operation::isOk)) {
        if (System.nanoTime() - startedNanos > TimeUnit.MILLISECONDS.toNanos(Drain.WITHIN_MILLIS)) {
          throw new IllegalStateException("not all names can be read: " + reads);
        }
        reads = administer.readAll(last);
      }
    } finally {
      load.close();
    }
  }
}
