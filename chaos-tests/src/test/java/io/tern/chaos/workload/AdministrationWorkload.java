package io.tern.chaos.workload;

import io.tern.chaos.history.Operation;
import java.util.List;

/** Queues and topics of few names, made, changed, read and deleted by several clients at once. */
final class AdministrationWorkload implements LoadedWorkload {
  private static final int CLIENTS = 5;
  private static final int LAST_TRIES = 40;

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
    try {
      Client last = load.lastClient("last");
      List<Operation> reads = administer.readAll(last);
      for (int i = 1; !reads.stream().allMatch(Operation::isOk); i++) {
        if (i == LAST_TRIES) {
          throw new IllegalStateException("cannot be read: " + reads);
        }
        reads = administer.readAll(last);
      }
    } finally {
      load.close();
    }
  }
}
