package io.tern.conformance.grpc;

import static io.tern.conformance.grpc.GrpcFailures.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import io.tern.proto.cluster.ClusterGrpc;
import io.tern.proto.cluster.DescribeClusterRequest;
import io.tern.proto.cluster.DescribeClusterResult;
import io.tern.proto.cluster.Node;
import io.tern.proto.cluster.Partition;
import io.tern.proto.messaging.LocateRequest;
import io.tern.proto.messaging.LocateResult;
import io.tern.proto.messaging.MessagingGrpc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What surrounds the messages: health, reflection, the cluster and where its leaders are. */
@OnEachDeployment
class ServicesTest {
  private static final int PATIENT_SECONDS = 15;

  private final Deployment service;

  ServicesTest(Deployment service) {
    this.service = service;
  }

  @Test
  void aReadyNodeIsServing() {
    for (String name : new String[] {"", "tern.sqs.Sqs", "tern.messaging.Messaging"}) {
      await()
          .untilAsserted(() ->
              assertThat(
                      HealthGrpc.newBlockingStub(service.grpc())
                          .check(HealthCheckRequest.newBuilder().setService(name).build())
                          .getStatus())
                  .isEqualTo(ServingStatus.SERVING));
    }
  }

  @Test
  void reflectionNamesEveryService() {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(service.grpc())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    questions.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(answer).succeedsWithin(PATIENT_SECONDS, TimeUnit.SECONDS);
    assertThat(answer.join().getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            "tern.sqs.Sqs",
            "tern.sns.Sns",
            "tern.messaging.Messaging",
            "tern.cluster.Cluster",
            "grpc.health.v1.Health");
    questions.onCompleted();
  }

  @Test
  void theClusterIsDescribed() {
    var _ = service.newQueue("described");
    await()
        .untilAsserted(() -> {
          DescribeClusterResult cluster = describe(service.grpc());
          assertThat(cluster.getNodesList())
              .hasSize(service.endpoints().size())
              .allMatch(Node::getReachable)
              .allMatch(node -> node.getZone().startsWith("zone-"));
          assertThat(cluster.getNodesList().stream().mapToInt(Node::getPartitionsLed).sum())
              .isEqualTo(cluster.getPartitionsCount());
          assertThat(cluster.getPartitionsList())
              .allMatch(partition -> partition.getReplicasCount() == cluster.getNodesCount())
              .allMatch(partition -> !partition.getLeader().isEmpty() && partition.getTerm() > 0)
              .anyMatch(partition -> partition.getNumber() == 0);
          assertThat(cluster.getPartitionsList().stream().mapToLong(Partition::getQueues).sum())
              .isPositive();
        });
  }

  @Test
  void aQueuesLeaderIsLocatedAndAnswersAtItsAddress() throws InterruptedException {
    String url = service.newQueue("located");
    LocateRequest request = LocateRequest.newBuilder().setQueueUrl(url).build();
    LocateResult found = MessagingGrpc.newBlockingStub(service.grpc()).locate(request);
    assertThat(found.getPartition()).isPositive();

    ManagedChannel leader =
        Grpc.newChannelBuilder(found.getAddress(), InsecureChannelCredentials.create()).build();
    try {
      assertThat(describe(leader).getNodeId()).isEqualTo(found.getNodeId());
    } finally {
      assertThat(leader.shutdownNow().awaitTermination(PATIENT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    refused(
        Status.Code.NOT_FOUND,
        "AWS.SimpleQueueService.NonExistentQueue",
        () ->
            MessagingGrpc.newBlockingStub(service.grpc())
                .locate(request.toBuilder().setQueueUrl(url + "-missing").build()));
  }

  private static DescribeClusterResult describe(ManagedChannel channel) {
    return ClusterGrpc.newBlockingStub(channel)
        .describeCluster(DescribeClusterRequest.getDefaultInstance());
  }
}
