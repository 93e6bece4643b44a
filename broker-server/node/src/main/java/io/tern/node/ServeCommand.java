package io.tern.node;

import io.tern.disk.DiskFault;
import io.tern.disk.StorageFailure;
import io.tern.node.config.Member;
import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.state.catalogue.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern serve}: one node, alone or as a member of a cluster. */
@CommandLine.Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves one node until it is told to stop (SIGTERM or Ctrl-C).",
      "Every option may also be given in the environment, --admin-port as TERN_ADMIN_PORT, or in",
      "the properties file that TERN_CONFIG names, as admin-port=9325."
    })
final class ServeCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @CommandLine.Option(
      names = "--port",
      defaultValue = "9324",
      description = "HTTP port of the AWS protocols (default: ${DEFAULT-VALUE}).")
  private int port;

  @CommandLine.Option(
      names = "--admin-port",
      defaultValue = "9325",
      description = "HTTP port of health and metrics (default: ${DEFAULT-VALUE}).")
  private int adminPort;

  @CommandLine.Option(
      names = "--peer-port",
      defaultValue = "9326",
      description = "gRPC port for other nodes (default: ${DEFAULT-VALUE}).")
  private int peerPort;

  @CommandLine.Option(
      names = "--raft-port",
      defaultValue = "9327",
      description = "Port of the replication between nodes (default: ${DEFAULT-VALUE}).")
  private int raftPort;

  /** Null when not given: then it is the one in {@code --cluster}. */
  @CommandLine.Option(
      names = "--grpc-port",
      description =
          "gRPC port for clients (default: the one of this node in --cluster, else "
              + Member.GRPC_PORT
              + ").")
  private @Nullable Integer grpcPort;

  @CommandLine.Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 for every interface (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @CommandLine.Option(
      names = "--data",
      defaultValue = "./data",
      description = "Folder of the node's data (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @CommandLine.Option(
      names = "--account",
      defaultValue = "000000000000",
      description = "Account id of the queues (default: ${DEFAULT-VALUE}).")
  private String account = "";

  @CommandLine.Option(
      names = "--region",
      defaultValue = "us-east-1",
      description = "Region of the queues (default: ${DEFAULT-VALUE}).")
  private String region = "";

  @CommandLine.Option(
      names = "--base-url",
      defaultValue = "",
      description = "Start of queue URLs; without it they follow each request's Host.")
  private String baseUrl = "";

  @CommandLine.Option(
      names = "--relaxed",
      description = "No 60-second rules for purging and re-creating queues, as in emulators.")
  private boolean relaxed;

  @CommandLine.Option(
      names = "--node-id",
      defaultValue = "n1",
      description = "This node's name in the cluster (default: ${DEFAULT-VALUE}).")
  private String nodeId = "n1";

  @CommandLine.Option(
      names = "--cluster",
      split = ",",
      paramLabel = "MEMBER",
      description =
          "All members, each as id/zone=host:peerPort:raftPort[:grpcPort]. Without it the node is"
              + " alone.")
  private List<String> cluster = List.of();

  @CommandLine.Option(
      names = "--partitions",
      defaultValue = "0",
      description =
          "Data partitions of a new cluster; 0 chooses 2 for one node, 6 for more. Later starts"
              + " keep the number of the first.")
  private int partitions;

  @CommandLine.Option(
      names = "--snapshot-log-bytes",
      defaultValue = "67108864",
      description =
          "Log bytes of a partition after which it takes a snapshot (default: ${DEFAULT-VALUE}).")
  private long snapshotLogBytes;

  /** For the class cache of the JVM, which is written when it ends; see deploy/Dockerfile. */
  @CommandLine.Option(
      names = "--stop-when-ready",
      hidden = true,
      description = "Starts, serves, and stops at once.")
  private boolean stopWhenReady;

  @CommandLine.Mixin private SigningOptions signing = new SigningOptions();

  @CommandLine.Mixin private DeliveryOptions delivery = new DeliveryOptions();

  @Override
  public Integer call() throws Exception {
    try {
      TernNode node = node();
      Thread stop = new Thread(node::stop, "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      node.start();
      if (stopWhenReady) {
        Runtime.getRuntime().removeShutdownHook(stop);
        node.stop();
      }
      node.awaitStop();
      return 0;
    } catch (IOException | UncheckedIOException | StorageFailure failure) {
      throw inOneLine(failure);
    }
  }

  /** Of a full disk people want to know where, not in which of our methods. */
  private Exception inOneLine(Exception failure) {
    return DiskFault.of(failure)
        .filter(fault -> fault == DiskFault.FULL)
        .flatMap(_ -> LastWords.of(failure, data))
        .<Exception>map(words -> new IOException(words, failure))
        .orElse(failure);
  }

  private TernNode node() throws IOException {
    try {
      return new TernNode(config(), signingKey(), WallClock.system());
    } catch (IllegalArgumentException mistake) {
      throw mistake(mistake);
    }
  }

  private @Nullable SigningKey signingKey() {
    try {
      return signing.signingKey();
    } catch (IllegalArgumentException mistake) {
      throw mistake(mistake);
    }
  }

  private TernConfig config() {
    try {
      List<Member> members =
          cluster.isEmpty()
              ? List.of(new Member(nodeId, "zone-a", host, peerPort, raftPort, aloneGrpcPort()))
              : cluster.stream().map(Member::parse).toList();
      int chosen = partitions > 0 ? partitions : members.size() == 1 ? 2 : 6;
      return new TernConfig(
          nodeId,
          members,
          new TernConfig.Listen(host, port, adminPort, grpcPort(members)),
          data,
          chosen,
          new TernConfig.Identity(account, region, baseUrl),
          relaxed,
          snapshotLogBytes,
          delivery.config(region));
    } catch (IllegalArgumentException mistake) {
      throw mistake(mistake);
    }
  }

  private int aloneGrpcPort() {
    return grpcPort == null ? Member.GRPC_PORT : grpcPort;
  }

  private int grpcPort(List<Member> members) {
    if (grpcPort != null) {
      return grpcPort;
    }
    return members.stream()
        .filter(member -> member.id().equals(nodeId))
        .findFirst()
        .map(Member::grpcPort)
        .orElse(Member.GRPC_PORT);
  }

  private CommandLine.ParameterException mistake(IllegalArgumentException mistake) {
    return new CommandLine.ParameterException(
        spec.commandLine(), String.valueOf(mistake.getMessage()), mistake);
  }
}
