package io.tern.chaos.workload;

/** What a client does again and again: one call or a few that belong together. */
@FunctionalInterface
interface Step {
  void run(Client client);
}
