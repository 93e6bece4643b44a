package io.tern.chaos.workload;

import java.util.List;

/** A step that is one of several each time, some more often than others. */
final class Choice implements Step {
  /**
   * A step that may be chosen.
   *
   * @param weight how often, against the weights of the others
   */
  record Option(int weight, Step step) {}

  private final List<Option> options;
  private final int total;

  Choice(Option... options) {
    this.options = List.of(options);
    this.total = this.options.stream().mapToInt(Option::weight).sum();
  }

  @Override
  public void run(Client client) {
    int at = client.random().nextInt(total);
    for (Option option : options) {
      at -= option.weight();
      if (at < 0) {
        option.step().run(client);
        return;
      }
    }
  }
}
