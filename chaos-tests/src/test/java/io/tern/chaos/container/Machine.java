package io.tern.chaos.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What this machine can do, found out once, and the fault tools compiled for it. */
public final class Machine {
  private static final Path SOURCES = Path.of("src", "test", "native");

  private final Path tools;
  private final Map<Capability, String> missing = new EnumMap<>(Capability.class);

  private Machine(Path tools) {
    this.tools = tools;
  }

  /** Probes and compiles; some seconds. Nothing on the machine changes. */
  public static Machine probe() {
    Machine machine = new Machine(folder());
    machine.probeDocker();
    if (machine.missing.isEmpty()) {
      machine.probeTools();
    }
    return machine;
  }

  public Set<Capability> capabilities() {
    return java.util.Arrays.stream(Capability.values())
        .filter(capability -> !missing.containsKey(capability))
        .collect(Collectors.toUnmodifiableSet());
  }

  public boolean has(Capability capability) {
    return !missing.containsKey(capability);
  }

  /** Why something is missing, a sentence each, in the order of the enum. */
  public Map<Capability, String> missing() {
    return Collections.unmodifiableMap(missing);
  }

  /** Where the fault tools are; seen as /chaos in every container. */
  public Path toolFolder() {
    return tools;
  }

  Path tool(String name) {
    return tools.resolve(name);
  }

  private void probeDocker() {
    Shell.Result info = Shell.attempt("docker", "info", "--format", "{{.ServerVersion}}");
    if (!info.isOk()) {
      for (Capability capability : Capability.values()) {
        missing.put(capability, "no Docker daemon answers");
      }
    }
  }

  private void probeTools() {
    if (!Shell.attempt("id", "-u").output().strip().equals("0")) {
      lacks("the tests do not run as root", Capability.LINKS, Capability.PACKET_QUEUE);
      lacks("the tests do not run as root", Capability.DISKS);
    }
    if (!Shell.attempt("iptables", "-S", "DOCKER-USER").isOk()) {
      lacks("iptables lacks the chain DOCKER-USER", Capability.LINKS, Capability.PACKET_QUEUE);
    } else if (!bridgesAreFiltered()) {
      lacks("packets on a bridge pass iptables by", Capability.LINKS, Capability.PACKET_QUEUE);
    }
    if (!Files.exists(Path.of("/dev/fuse")) || !Files.exists(Path.of("/dev/loop-control"))) {
      lacks("no /dev/fuse or no loop devices", Capability.DISKS);
    }
    compile("libshifted_clock.so", Capability.CLOCKS, List.of("-shared", "-fPIC"), List.of());
    compile("packet_delay", Capability.PACKET_QUEUE, List.of(), List.of("-lnetfilter_queue"));
    compile("faulty_disk", Capability.DISKS, fuseFlags("--cflags"), fuseFlags("--libs"));
  }

  private static boolean bridgesAreFiltered() {
    Path setting = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
    try {
      return Files.exists(setting) && Files.readString(setting).strip().equals("1");
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static List<String> fuseFlags(String which) {
    Shell.Result flags = Shell.attempt("pkg-config", which, "fuse3");
    return flags.isOk() ? List.of(flags.output().strip().split("\\s+")) : List.of("-lfuse3");
  }

  private void compile(
      String tool, Capability capability, List<String> before, List<String> libraries) {
    if (!has(capability)) {
      return;
    }
    String source = tool.replaceFirst("^lib", "").replaceFirst("\\.so$", "") + ".c";
    List<String> command = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-Wextra", "-Werror"));
    command.addAll(before);
    command.add(SOURCES.resolve(source).toString());
    command.addAll(List.of("-o", tool(tool).toString()));
    command.addAll(libraries);
    Shell.Result compiled = Shell.attempt(command.toArray(String[]::new));
    if (!compiled.isOk()) {
      String first = compiled.output().lines().findFirst().orElse("no C compiler");
      lacks(source + " does not compile: " + first, capability);
    }
  }

  private void lacks(String why, Capability... capabilities) {
    for (Capability capability : capabilities) {
      missing.putIfAbsent(capability, why);
    }
  }

  private static Path folder() {
    try {
      return Files.createDirectories(Path.of("target", "native").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
