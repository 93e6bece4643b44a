package io.tern.state.catalogue;

/**
 * Where a node is reached, each as host:port.
 *
 * @param peer for calls of other nodes
 * @param raft for the traffic of Raft
 * @param grpc for clients; empty when it does not serve them
 */
public record NodeAddresses(String peer, String raft, String grpc) {}
