package io.tern.node.api;

import io.tern.proto.sqs.ListDeadLetterSourceQueuesRequest;
import io.tern.proto.sqs.ListDeadLetterSourceQueuesResult;
import io.tern.proto.sqs.ListQueuesRequest;
import io.tern.proto.sqs.ListQueuesResult;
import io.tern.protocols.TernException;
import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The operations that list queues, page by page. There is a token only for callers who said how
 * many they want; the others get the first thousand.
 */
final class QueueListApi {
  private final QueueDirectory directory;

  QueueListApi(QueueDirectory directory) {
    this.directory = directory;
  }

  void addTo(ApiTable table) {
    table.add("ListQueues", ListQueuesRequest.class, this::listQueues);
    table.add(
        "ListDeadLetterSourceQueues",
        ListDeadLetterSourceQueuesRequest.class,
        this::listDeadLetterSourceQueues);
  }

  CompletableFuture<ListQueuesResult> listQueues(Caller caller, ListQueuesRequest request) {
    boolean paged = request.hasMaxResults();
    int most = paged ? checked(request.getMaxResults()) : Limits.LIST_RESULTS;
    String after = PageTokens.open(request.getNextToken());
    return directory
        .upToDate(caller)
        .thenApply(done -> {
          List<QueueName> found =
              directory
                  .mirror()
                  .list(directory.account(), request.getQueueNamePrefix(), after, most + 1)
                  .stream()
                  .map(QueueDefinition::name)
                  .toList();
          ListQueuesResult.Builder result = ListQueuesResult.newBuilder();
          for (QueueName queue : page(found, most)) {
            result.addQueueUrls(directory.url(caller, queue));
          }
          if (paged && found.size() > most) {
            result.setNextToken(tokenAfter(found, most));
          }
          return result.build();
        });
  }

  CompletableFuture<ListDeadLetterSourceQueuesResult> listDeadLetterSourceQueues(
      Caller caller, ListDeadLetterSourceQueuesRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    return directory
        .fresh(caller, name)
        .thenApply(queue -> {
          boolean paged = request.hasMaxResults();
          int most = paged ? checked(request.getMaxResults()) : Limits.LIST_RESULTS;
          String after = PageTokens.open(request.getNextToken());
          List<QueueName> found = directory.mirror().deadLetterSources(name, after, most + 1);
          ListDeadLetterSourceQueuesResult.Builder result =
              ListDeadLetterSourceQueuesResult.newBuilder();
          for (QueueName source : page(found, most)) {
            result.addQueueUrls(directory.url(caller, source));
          }
          if (paged && found.size() > most) {
            result.setNextToken(tokenAfter(found, most));
          }
          return result.build();
        });
  }

  private static List<QueueName> page(List<QueueName> found, int most) {
    return found.subList(0, Math.min(most, found.size()));
  }

  private static String tokenAfter(List<QueueName> found, int most) {
    return PageTokens.seal(found.get(most - 1).name());
  }

  private static int checked(int maxResults) {
    if (maxResults < 1 || maxResults > Limits.LIST_RESULTS) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Value "
              + maxResults
              + " for parameter MaxResults is invalid. Reason: MaxResults must be an integer"
              + " between 1 and 1000.");
    }
    return maxResults;
  }
}
