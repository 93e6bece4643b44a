package io.tern.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Tern server as a real process: started, killed, stopped and started again with the same ports
 * and data. {@link TernCluster} makes them; the fault tests kill them.
 */
public final class NodeProcess {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);
  private static final int LOG_TAIL_LINES = 40;

  private final NodeAddress address;
  private final List<String> command;
  private final Path log;
  private final HttpClient http;
  private @Nullable Process process;

  NodeProcess(NodeAddress address, List<String> command, Path log, HttpClient http) {
    this.address = address;
    this.command = List.copyOf(command);
    this.log = log;
    this.http = http;
  }

  public NodeAddress address() {
    return address;
  }

  /** Starts the process and returns at once. */
  public void start() {
    if (isAlive()) {
      throw new IllegalStateException(address.nodeId() + " runs already");
    }
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the node says that it serves; fails with the end of its log when it does not. */
  public void awaitReady() {
    try {
      await(address.nodeId() + " is ready")
          .atMost(READY_WITHIN)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !isAlive() || isReady());
    } catch (RuntimeException notReady) {
      throw new IllegalStateException(notReady.getMessage() + "\n" + logTail(), notReady);
    }
    if (!isAlive()) {
      throw new IllegalStateException(address.nodeId() + " died while starting\n" + logTail());
    }
  }

  public boolean isReady() {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  /** What the node says about itself, in Prometheus' text form. */
  public String metrics() {
    return get("/metrics").body();
  }

  /** kill -9; returns when the process is gone. */
  public void kill() {
    Process running = running();
    running.destroyForcibly();
    awaitExit(running);
  }

  /** What the node says of its replicas; empty while it cannot be asked. */
  List<ReplicaState> replicas() {
    try {
      return ReplicaState.of(get("/replicas").body());
    } catch (UncheckedIOException notListening) {
      return List.of();
    }
  }

  /** Waits until the node has ended itself; returns the exit code. */
  int awaitEnd() {
    Process running = running();
    awaitExit(running);
    return running.exitValue();
  }

  /** SIGTERM; returns the exit code. */
  public int stop() {
    Process running = running();
    running.destroy();
    awaitExit(running);
    return running.exitValue();
  }

  public boolean isAlive() {
    Process started = process;
    return started != null && started.isAlive();
  }

  public long pid() {
    return running().pid();
  }

  /** Path of this node's log, kept after the test. */
  public Path log() {
    return log;
  }

  /** Ends the process whatever its state; for the end of a suite. */
  void end() {
    Process started = process;
    if (started == null || !started.isAlive()) {
      return;
    }
    started.destroy();
    try {
      if (!started.waitFor(STOPS_WITHIN)) {
        started.destroyForcibly();
      }
    } catch (InterruptedException e) {
      started.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Process running() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException(address.nodeId() + " was never started");
    }
    return started;
  }

  private void awaitExit(Process running) {
    try {
      if (!running.waitFor(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(address.nodeId() + " does not end\n" + logTail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(address.admin(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String logTail() {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(log));
      int from = Math.max(0, lines.size() - LOG_TAIL_LINES);
      return "end of " + log + ":\n" + String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "no log at " + log;
    }
  }
}
