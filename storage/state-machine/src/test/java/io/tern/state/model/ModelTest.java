package io.tern.state.model;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories: the machine and the naive model answer alike, at every step. */
class ModelTest {

  @Property(tries = 400)
  void machineAndModelAgree(@ForAll("histories") List<Step> history) {
    ModelRun run = new ModelRun();
    run.take(new Step.Install(0, 30_000, 0, 600_000));
    for (Step step : history) {
      run.take(step);
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.any().list().ofMinSize(20).ofMaxSize(150);
  }
}
