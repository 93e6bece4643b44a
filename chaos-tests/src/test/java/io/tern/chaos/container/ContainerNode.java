package io.tern.chaos.container;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.Frame;
import io.tern.chaos.ReplicaState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * One node in its container, with an address, a disk and a clock of its own that outlive its
 * process. Nemeses hurt it; {@link ContainerCluster} makes it.
 */
public final class ContainerNode {
  private static final int AWS_PORT = 9324;
  private static final int ADMIN_PORT = 9325;
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
  private static final int STOP_SECONDS = 20;

  /** Where and what a node is. */
  record Place(String nodeId, String zone, String address, Path folder) {}

  private final Place place;
  private final GenericContainer<?> container;
  private final DockerClient docker;
  private final HttpClient http;
  private final @Nullable FaultyDisk disk;
  private final @Nullable ShiftedClock clock;

  ContainerNode(
      Place place,
      GenericContainer<?> container,
      DockerClient docker,
      HttpClient http,
      @Nullable FaultyDisk disk,
      @Nullable ShiftedClock clock) {
    this.place = place;
    this.container = container;
    this.docker = docker;
    this.http = http;
    this.disk = disk;
    this.clock = clock;
  }

  public String nodeId() {
    return place.nodeId();
  }

  public String zone() {
    return place.zone();
  }

  /** Its address among the containers, the same after a restart. */
  public String address() {
    return place.address();
  }

  public URI endpoint() {
    return URI.create("http://" + address() + ":" + AWS_PORT);
  }

  /** Only with {@link Capability#DISKS}. */
  public FaultyDisk disk() {
    return Objects.requireNonNull(disk, "no disks on this machine");
  }

  /** Only with {@link Capability#CLOCKS}. */
  public ShiftedClock clock() {
    return Objects.requireNonNull(clock, "no clocks on this machine");
  }

  /** The data folder, seen from outside. To be changed only while the node is down. */
  public Path data() {
    Path files = disk == null ? place.folder().resolve("files") : disk.files();
    return files.resolve("node");
  }

  void create() {
    container.start();
  }

  /** Starts the process again unless it runs; returns at once. */
  public void start() {
    if (isRunning()) {
      return;
    }
    docker.startContainerCmd(container.getContainerId()).exec();
  }

  /** kill -9. */
  public void kill() {
    if (isRunning()) {
      try {
        docker.killContainerCmd(container.getContainerId()).exec();
      } catch (ConflictException endedByItself) {
        // As a node does whose disk is gone.
      }
      awaitEnd();
    }
  }

  /** SIGTERM, and its exit code. */
  public int stop() {
    docker.stopContainerCmd(container.getContainerId()).withTimeout(STOP_SECONDS).exec();
    awaitEnd();
    return exitCode();
  }

  /**
   * Freezes all its threads, as a long pause of a virtual machine does. By a signal: on a loaded
   * machine the freezer of Docker's older runtimes gives up.
   */
  public void pause() {
    signal("SIGSTOP");
  }

  public void unpause() {
    signal("SIGCONT");
  }

  private void signal(String name) {
    docker.killContainerCmd(container.getContainerId()).withSignal(name).exec();
  }

  public boolean isRunning() {
    return Boolean.TRUE.equals(state().getRunning());
  }

  public int exitCode() {
    Long code = state().getExitCodeLong();
    return code == null ? -1 : code.intValue();
  }

  /** Waits until the process has ended, by whatever cause. */
  public void awaitEnd() {
    awaitEnd(ENDS_WITHIN);
  }

  public void awaitEnd(Duration patience) {
    await(nodeId() + " ends")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !isRunning());
  }

  public boolean isReady() {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notThere) {
      return false;
    }
  }

  /** Where its replicas stand, as it says itself. */
  public List<ReplicaState> replicas() {
    return ReplicaState.of(get("/replicas").body());
  }

  /** How many partitions it leads; 0 when it does not answer. */
  long led() {
    try {
      return replicas().stream().filter(ReplicaState::leads).count();
    } catch (UncheckedIOException away) {
      return 0;
    }
  }

  /** A page of its admin port. */
  public HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address() + ":" + ADMIN_PORT + path))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that it has logged, over all its starts. */
  public List<String> log() {
    StringBuilder text = new StringBuilder();
    copyLog(frame -> text.append(new String(frame.getPayload(), StandardCharsets.UTF_8)));
    return text.toString().lines().toList();
  }

  /** How many of these lines have these words in them. */
  public long said(String words) {
    return log().stream().filter(line -> line.contains(words)).count();
  }

  /** Keeps its log beside the run's other files. */
  void saveLog() {
    try (OutputStream file = Files.newOutputStream(place.folder().resolve("node.log"))) {
      copyLog(frame -> {
        try {
          file.write(frame.getPayload());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyLog(java.util.function.Consumer<Frame> sink) {
    try {
      docker
          .logContainerCmd(container.getContainerId())
          .withStdOut(true)
          .withStdErr(true)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  sink.accept(frame);
                }
              })
          .awaitCompletion(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private InspectContainerResponse.ContainerState state() {
    return docker.inspectContainerCmd(container.getContainerId()).exec().getState();
  }

  /** Ends and removes the container, whatever its state. */
  void remove() {
    String id = container.getContainerId();
    if (id != null) {
      saveLog();
      docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }
    if (disk != null) {
      disk.close();
    }
  }
}
