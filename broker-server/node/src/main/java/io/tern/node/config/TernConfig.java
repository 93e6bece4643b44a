package io.tern.node.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Everything an operator decides about one node.
 *
 * @param nodeId its name among the members
 * @param members all nodes of the cluster, this one too; one member is the degenerate cluster
 * @param dataDirectory the only folder the node writes to
 * @param dataPartitions Raft groups for queues, beside the catalogue
 * @param identity what callers see of account and region
 * @param relaxed true turns off the 60-second rules of purge and re-create
 * @param snapshotLogBytes log written since the last snapshot that makes a new one due
 * @param delivery how notifications reach the world
 */
public record TernConfig(
    String nodeId,
    List<Member> members,
    Listen listen,
    Path dataDirectory,
    int dataPartitions,
    Identity identity,
    boolean relaxed,
    long snapshotLogBytes,
    DeliveryConfig delivery) {

  /** Where the node listens: the AWS protocols, health and metrics, clients over gRPC. */
  public record Listen(String host, int port, int adminPort, int grpcPort) {}

  /**
   * Account and region of the queues.
   *
   * @param baseUrl the start of queue URLs, or empty to follow each request's Host
   */
  public record Identity(String account, String region, String baseUrl) {}

  /** This node among the members. */
  public Member self() {
    return member(nodeId);
  }

  /**
   * The member of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Member member(String id) {
    return members.stream()
        .filter(member -> member.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no member is called '" + id + "'"));
  }
}
