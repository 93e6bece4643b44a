package io.tern.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Finds loopback ports nobody listens on. Used once per cluster, before its nodes start. */
final class FreePorts {
  // Below the range from which the kernel takes ports for outgoing connections: a killed node must
  // find its ports free again, whatever the clients did meanwhile.
  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int MAX_ATTEMPTS = 10_000;

  private FreePorts() {}

  static List<Integer> find(int count) {
    Random random = new Random();
    Set<Integer> found = new LinkedHashSet<>();
    for (int attempt = 0; attempt < MAX_ATTEMPTS && found.size() < count; attempt++) {
      int port = random.nextInt(LOWEST_PORT, HIGHEST_PORT);
      if (isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new IllegalStateException("found only " + found.size() + " free ports of " + count);
    }
    return List.copyOf(found);
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
