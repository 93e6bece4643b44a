package io.tern.chaos.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * Makes the containers of one cluster, each with its disk and clock. For {@link ContainerCluster}.
 */
final class NodeContainers {
  private static final int FIRST_HOST = 11;

  /**
   * After the shipped flags, so that they win: three nodes and the tests share one machine. Nodes
   * start so often that the better compiler would only be in the way.
   */
  private static final List<String> SMALL = List.of("-Xmx320m", "-XX:TieredStopAtLevel=1");

  private final Machine machine;
  private final DockerClient docker;
  private final Network network;
  private final String subnet;
  private final String runId;
  private final Path folder;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  NodeContainers(
      Machine machine,
      DockerClient docker,
      Network network,
      String subnet,
      String runId,
      Path folder) {
    this.machine = machine;
    this.docker = docker;
    this.network = network;
    this.subnet = subnet;
    this.runId = runId;
    this.folder = folder;
  }

  List<ContainerNode> make(ClusterOptions options) {
    List<ContainerNode.Place> places = new ArrayList<>();
    for (int i = 0; i < options.zones(); i++) {
      String nodeId = "n" + (i + 1);
      places.add(
          new ContainerNode.Place(
              nodeId,
              "zone-" + (char) ('a' + i),
              subnet + "." + (FIRST_HOST + i),
              folder.resolve(nodeId)));
    }
    String members =
        places.stream()
            .map(p -> "%s/%s=%s:9326:9327".formatted(p.nodeId(), p.zone(), p.address()))
            .collect(Collectors.joining(","));
    return places.stream().map(place -> make(options, place, members)).toList();
  }

  private ContainerNode make(ClusterOptions options, ContainerNode.Place place, String members) {
    prepare(place.folder());
    FaultyDisk disk =
        machine.has(Capability.DISKS)
            ? FaultyDisk.create(machine, place.folder().resolve("disk"), options.diskBytes())
            : null;
    ShiftedClock clock = clock(place.folder().resolve("clock"));
    List<String> flags = new ArrayList<>(SMALL);
    flags.addAll(options.jvmFlags());
    List<Bind> binds = new ArrayList<>();
    Path files = disk == null ? place.folder().resolve("files") : disk.files();
    binds.add(Bind.parse(files + ":/data:rw"));
    binds.add(Bind.parse(place.folder().resolve("clock") + ":/clock:ro"));
    binds.add(Bind.parse(machine.tool("") + ":/chaos:ro"));
    List<String> command =
        new ArrayList<>(List.of("serve", "--node-id", place.nodeId(), "--host", "0.0.0.0"));
    command.addAll(List.of("--data", "/data/node", "--cluster", members));
    command.addAll(options.nodeFlags());
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(TernImage.name()))
            .withNetwork(network)
            .withLabel("io.tern.chaos", runId)
            .withEnv("_JAVA_OPTIONS", String.join(" ", flags))
            .withCommand(command.toArray(String[]::new))
            .withCreateContainerCmdModifier(create -> {
              create.withName("tern-" + runId + "-" + place.nodeId());
              create.withIpv4Address(place.address());
              HostConfig host = Objects.requireNonNull(create.getHostConfig());
              host.withBinds(binds);
            });
    if (clock != null) {
      container.withEnv("LD_PRELOAD", "/chaos/libshifted_clock.so");
      container.withEnv("TERN_CLOCK", "/clock/shift");
    }
    return new ContainerNode(place, container, docker, http, disk, clock);
  }

  private @Nullable ShiftedClock clock(Path clockFolder) {
    return machine.has(Capability.CLOCKS)
        ? ShiftedClock.create(clockFolder.resolve("shift"))
        : null;
  }

  private static void prepare(Path folder) {
    try {
      Files.createDirectories(folder.resolve("clock"));
      // Written by the account in the image, which is nobody outside.
      Path files = Files.createDirectories(folder.resolve("files"));
      Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path newFolder(String name) {
    try {
      return Files.createDirectories(Path.of("target", "chaos", name).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
