package io.tern.chaos;

/** A sender under faults. It sends from its creation until it is closed. */
sealed interface LoadClient extends AutoCloseable permits JavaLoad, ScriptLoad {
  String name();

  /** Stops sending and waits for the call in progress. */
  @Override
  void close();
}
