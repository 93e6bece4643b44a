package io.tern.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a server, from the jar and the flags the build names. For TernCluster. */
record ServerCommand(Path jar, List<String> jvmFlags) {
  // After the shipped flags, so that it wins: four servers and the tests share one machine.
  private static final String SMALL_HEAP = "-Xmx384m";

  static ServerCommand fromBuild() {
    Path jar = Path.of(property("tern.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "no server at " + jar + "; run `mvn -pl chaos-tests -am verify`, or give -Dtern.jar");
    }
    return new ServerCommand(jar, flagsIn(Path.of(property("tern.jvmOptions"))));
  }

  List<String> line(
      NodeAddress node, List<NodeAddress> members, Path data, List<String> extraFlags) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmFlags);
    line.add(SMALL_HEAP);
    line.add("-XX:AOTCache=" + ClassCache.of(this));
    line.addAll(List.of("-jar", jar.toString(), "serve"));
    line.addAll(List.of("--node-id", node.nodeId()));
    line.addAll(List.of("--port", Integer.toString(node.port())));
    line.addAll(List.of("--admin-port", Integer.toString(node.adminPort())));
    line.addAll(List.of("--peer-port", Integer.toString(node.peerPort())));
    line.addAll(List.of("--raft-port", Integer.toString(node.raftPort())));
    line.addAll(List.of("--grpc-port", Integer.toString(node.grpcPort())));
    line.addAll(List.of("--data", data.toString()));
    if (members.size() > 1) {
      line.add("--cluster");
      line.add(String.join(",", members.stream().map(NodeAddress::member).toList()));
    }
    line.addAll(extraFlags);
    return line;
  }

  private static List<String> flagsIn(Path jvmOptions) {
    if (!Files.isRegularFile(jvmOptions)) {
      return List.of();
    }
    try {
      return Files.readAllLines(jvmOptions).stream()
          .map(String::strip)
          .filter(flag -> !flag.isEmpty() && !flag.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("run through Maven, which sets " + name);
    }
    return value;
  }
}
