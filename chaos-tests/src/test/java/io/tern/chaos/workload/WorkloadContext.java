package io.tern.chaos.workload;

import io.tern.chaos.history.Recorder;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What a workload gets.
 *
 * @param endpoints node name to address; the same during the whole run
 * @param seed for its chance; the same seed gives the same kinds of calls, not the same times
 * @param operationsPerSecond how fast all its clients together may go at most
 */
public record WorkloadContext(
    Map<String, URI> endpoints, Recorder recorder, long seed, int operationsPerSecond) {
  public List<URI> addresses() {
    return List.copyOf(endpoints.values());
  }
}
