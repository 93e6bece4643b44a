package io.tern.node.edge;

import io.tern.node.raft.ReplicaStatus;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Where each replica of this node stands, as JSON on the admin port: operators and tests compare
 * the nodes of a cluster by it.
 */
public final class ReplicasPage {
  private static final String PATH = "/replicas";

  private final Supplier<List<ReplicaStatus>> replicas;

  public ReplicasPage(Supplier<List<ReplicaStatus>> replicas) {
    this.replicas = replicas;
  }

  /** Answers a request for the page; false when the request is for something else. */
  boolean answer(HttpServerRequest request) {
    if (!PATH.equals(request.path()) || !request.method().equals(HttpMethod.GET)) {
      return false;
    }
    JsonArray page = new JsonArray();
    replicas.get().forEach(replica -> page.add(json(replica)));
    var _ =
        request
            .response()
            .putHeader("Content-Type", "application/json")
            .end(page.encodePrettily() + "\n");
    return true;
  }

  private static JsonObject json(ReplicaStatus replica) {
    return new JsonObject()
        .put("partition", replica.partition().number())
        .put("role", replica.role().name().toLowerCase(Locale.ROOT))
        .put("ready", replica.ready())
        .put("term", replica.term())
        .put("leader", replica.leader())
        .put("log", replica.lastLogIndex())
        .put("commit", replica.commitIndex())
        .put("applied", replica.appliedIndex())
        .put("hash", HexFormat.of().toHexDigits(replica.hash()))
        .put("checkpoint", replica.checkpointIndex());
  }
}
