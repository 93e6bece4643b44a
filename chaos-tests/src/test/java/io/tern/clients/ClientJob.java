package io.tern.clients;

import java.io.IOException;

/**
 * The main job of one client in two halves; between them {@link RealClientsTest} kills the node
 * that leads. Each half fails if something acknowledged does not arrive.
 */
interface ClientJob extends AutoCloseable {
  /** What is done and proven while all nodes live; it may leave work open for the second half. */
  void firstHalf() throws Exception;

  /** Begins while the others elect; ends when the whole job is proven done. */
  void secondHalf() throws Exception;

  @Override
  void close() throws IOException;
}
