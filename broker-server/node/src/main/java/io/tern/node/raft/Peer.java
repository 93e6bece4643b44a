package io.tern.node.raft;

/** A node as the others reach it for replication. The list of them is the same on every node. */
public record Peer(String id, String host, int raftPort) {}
