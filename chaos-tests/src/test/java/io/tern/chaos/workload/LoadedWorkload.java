package io.tern.chaos.workload;

/** A workload that is its {@link Load} and what it prepares. All of this package are. */
interface LoadedWorkload extends Workload {
  Load load();

  @Override
  default String name() {
    return load().workload();
  }

  @Override
  default void start() {
    load().start();
  }

  @Override
  default void stop() {
    load().stop();
  }

  @Override
  default void drain() {
    load().drain();
  }
}
