package io.tern.state.model;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories: the machine and the naive model answer alike, at every step. */
class ModelTest {

  @Property(tries = 400)
  void machineAndModelAgree(@ForAll("histories") List<Step> history) {
    ModelRun run = new ModelRun();
    run.take(new Step.Install(0, 30_000, 0, 600_000, 2, 2));
    run.take(new Step.Install(1, 30_000, 0, 600_000, 3, 2));
    run.take(new Step.Install(2, 30_000, 0, 345_600_000, 2, 2));
    run.take(new Step.Install(3, 30_000, 0, 345_600_000, 4, 1));
    run.take(new Step.Install(4, 30_000, 0, 600_000, 4, 1));
    run.take(new Step.InstallTopic(0, 0));
    run.take(new Step.InstallTopic(1, 600_000));
    for (Step step : history) {
      run.take(step);
    }
    run.topics.assertBodiesGo();
  }

  /** The judge went by the count at the start, and took the later message for one that was left. */
  @Example
  void aFifoTaskLeavesWhatCameLater() {
    ModelRun run = new ModelRun();
    run.take(new Step.Install(1, 30_000, 0, 600_000, 3, 2));
    run.take(new Step.Install(4, 30_000, 0, 600_000, 4, 1));
    run.take(new Step.Send(4, 0, -1, 0));
    run.take(new Step.StartTask(4, 1));
    run.take(new Step.Receive(4, 1, 30_000, 0));
    run.take(new Step.Send(4, 1, -1, 0));
    run.take(new Step.AdvanceTask(4, 10, true));
  }

  /** It goes by the number alone: what was in flight at the start is not in the count. */
  @Example
  void aFifoTaskMovesMoreThanItCounted() {
    ModelRun run = new ModelRun();
    run.take(new Step.Install(1, 30_000, 0, 600_000, 3, 2));
    run.take(new Step.Install(4, 30_000, 0, 600_000, 4, 1));
    run.take(new Step.Send(4, 0, -1, 0));
    run.take(new Step.Send(4, 1, -1, 0));
    run.take(new Step.Receive(4, 1, 1_000, 0));
    run.take(new Step.StartTask(4, 1));
    run.take(new Step.Wait(1_000, 0));
    run.take(new Step.AdvanceTask(4, 10, true));
    run.take(new Step.AdvanceTask(4, 10, true));
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.any().list().ofMinSize(1).ofMaxSize(150);
  }
}
