package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDeletedRecentlyException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/** The life of a queue: create, find, list, purge, delete. */
@OnEachDeployment
class QueueTest {
  private final Deployment service;

  QueueTest(Deployment service) {
    this.service = service;
  }

  @Test
  void createdQueueIsFoundFromEveryNode() {
    String name = service.newName("found");
    String url = service.sqs().createQueue(r -> r.queueName(name)).queueUrl();

    assertThat(URI.create(url).getPath()).isEqualTo("/000000000000/" + name);
    for (int i = 0; i < 6; i++) {
      String found = service.sqs().getQueueUrl(r -> r.queueName(name)).queueUrl();
      assertThat(URI.create(found).getPath()).isEqualTo("/000000000000/" + name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "UPPER_and-lower_09", "-", "_"})
  void namesOfAllKindsOfCharacters(String ending) {
    String name = service.newName("n") + ending;
    assertThat(service.sqs().createQueue(r -> r.queueName(name)).queueUrl()).endsWith("/" + name);
  }

  @Test
  void nameOfEightyCharacters() {
    String start = service.newName("n");
    String name = start + "x".repeat(80 - start.length());
    assertThat(service.sqs().createQueue(r -> r.queueName(name)).queueUrl()).endsWith("/" + name);
  }

  @Test
  void namesAreCaseSensitive() {
    String name = service.newName("case");
    service.sqs().createQueue(r -> r.queueName(name));
    assertThatThrownBy(
            () -> service.sqs().getQueueUrl(r -> r.queueName(name.replace("case", "CASE"))))
        .isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void createIsIdempotentForWhatTheCallNames() {
    String name = service.newName("again");
    Map<QueueAttributeName, String> attributes =
        Map.of(QueueAttributeName.DELAY_SECONDS, "5", QueueAttributeName.VISIBILITY_TIMEOUT, "7");
    String first =
        path(service.sqs().createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl());

    assertThat(
            path(
                service
                    .sqs()
                    .createQueue(r -> r.queueName(name).attributes(attributes))
                    .queueUrl()))
        .isEqualTo(first);
    assertThat(path(service.sqs().createQueue(r -> r.queueName(name)).queueUrl())).isEqualTo(first);
    assertThat(
            path(
                service
                    .sqs()
                    .createQueue(r ->
                        r.queueName(name).attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "5")))
                    .queueUrl()))
        .isEqualTo(first);
    assertThatThrownBy(() ->
            service
                .sqs()
                .createQueue(r ->
                    r.queueName(name).attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "6"))))
        .isInstanceOf(QueueNameExistsException.class)
        .hasMessageContaining(
            "A queue already exists with the same name and a different value for attribute"
                + " DelaySeconds");
  }

  @Test
  void createComparesWithTheCurrentValues() {
    String name = service.newName("changed");
    Map<QueueAttributeName, String> before = Map.of(QueueAttributeName.DELAY_SECONDS, "1");
    Map<QueueAttributeName, String> after = Map.of(QueueAttributeName.DELAY_SECONDS, "2");
    String url = service.sqs().createQueue(r -> r.queueName(name).attributes(before)).queueUrl();
    service.sqs().setQueueAttributes(r -> r.queueUrl(url).attributes(after));

    assertThat(path(service.sqs().createQueue(r -> r.queueName(name).attributes(after)).queueUrl()))
        .isEqualTo(path(url));
    assertThatThrownBy(() -> service.sqs().createQueue(r -> r.queueName(name).attributes(before)))
        .isInstanceOf(QueueNameExistsException.class);
  }

  @Test
  void createNamesTheDefaultItDiffersFrom() {
    String name = service.newName("default");
    service.sqs().createQueue(r -> r.queueName(name));
    assertThatThrownBy(() ->
            service
                .sqs()
                .createQueue(r ->
                    r.queueName(name)
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "31"))))
        .isInstanceOf(QueueNameExistsException.class)
        .hasMessageContaining("VisibilityTimeout");
    assertThat(
            service
                .sqs()
                .createQueue(r ->
                    r.queueName(name)
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30")))
                .queueUrl())
        .endsWith(name);
  }

  @Test
  void hundredIdenticalCreatesAtOnceMakeOneQueue() throws Exception {
    String name = service.newName("race");
    Map<QueueAttributeName, String> attributes = Map.of(QueueAttributeName.DELAY_SECONDS, "3");
    Callable<String> create =
        () ->
            path(
                service
                    .sqs()
                    .createQueue(r -> r.queueName(name).attributes(attributes))
                    .queueUrl());
    List<Callable<String>> creates = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      creates.add(create);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (Future<String> created : threads.invokeAll(creates)) {
        assertThat(created.get()).isEqualTo("/000000000000/" + name);
      }
    }
    assertThat(service.sqs().listQueues(r -> r.queueNamePrefix(name)).queueUrls()).hasSize(1);
  }

  @Test
  void listsByPrefixInPages() {
    String prefix = service.newName("list") + "-";
    for (int i = 0; i < 5; i++) {
      String name = prefix + i;
      service.sqs().createQueue(r -> r.queueName(name));
    }

    ListQueuesResponse all = service.sqs().listQueues(r -> r.queueNamePrefix(prefix));
    assertThat(all.queueUrls()).hasSize(5).allMatch(url -> url.contains(prefix));
    assertThat(all.nextToken()).isNull();

    List<String> paged = new ArrayList<>();
    ListQueuesResponse first =
        service.sqs().listQueues(r -> r.queueNamePrefix(prefix).maxResults(2));
    assertThat(first.queueUrls()).hasSize(2);
    assertThat(first.nextToken()).isNotNull();
    paged.addAll(first.queueUrls());
    String token = first.nextToken();
    while (token != null && paged.size() < 10) {
      String next = token;
      ListQueuesResponse page =
          service.sqs().listQueues(r -> r.queueNamePrefix(prefix).maxResults(2).nextToken(next));
      paged.addAll(page.queueUrls());
      token = page.nextToken();
    }
    assertThat(paged.stream().map(QueueTest::path))
        .containsExactlyElementsOf(all.queueUrls().stream().map(QueueTest::path).toList());

    assertThat(service.sqs().listQueues(r -> r.queueNamePrefix(prefix + "none")).queueUrls())
        .isEmpty();
  }

  @Test
  void deletedQueueIsGoneEverywhereAndItsNameRests() {
    String name = service.newName("deleted");
    String url = service.sqs().createQueue(r -> r.queueName(name)).queueUrl();
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("lost with its queue"));
    service.sqs().deleteQueue(r -> r.queueUrl(url));

    assertThatThrownBy(() -> service.sqs().getQueueUrl(r -> r.queueName(name)))
        .isInstanceOf(QueueDoesNotExistException.class);
    assertThatThrownBy(() -> service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("late")))
        .isInstanceOf(QueueDoesNotExistException.class);
    assertThatThrownBy(() -> service.sqs().receiveMessage(r -> r.queueUrl(url)))
        .isInstanceOf(QueueDoesNotExistException.class);
    assertThatThrownBy(() -> service.sqs().deleteQueue(r -> r.queueUrl(url)))
        .isInstanceOf(QueueDoesNotExistException.class);
    assertThat(service.sqs().listQueues(r -> r.queueNamePrefix(name)).queueUrls()).isEmpty();
    assertThatThrownBy(() -> service.sqs().createQueue(r -> r.queueName(name)))
        .isInstanceOf(QueueDeletedRecentlyException.class)
        .hasMessageContaining(
            "You must wait 60 seconds after deleting a queue before you can create another with"
                + " the same name.");
  }

  @Test
  void purgeRemovesVisibleHiddenAndDelayedMessages() {
    String name = service.newName("purge");
    String url = service.sqs().createQueue(r -> r.queueName(name)).queueUrl();
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("in flight"));
    String handle =
        service
            .sqs()
            .receiveMessage(r -> r.queueUrl(url).visibilityTimeout(600))
            .messages()
            .getFirst()
            .receiptHandle();
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("visible"));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("delayed").delaySeconds(600));

    service.sqs().purgeQueue(r -> r.queueUrl(url));

    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 0, 0));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("after"));
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(5)).messages())
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("after"));
    service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(handle));
    assertThatThrownBy(() -> service.sqs().purgeQueue(r -> r.queueUrl(url)))
        .isInstanceOfSatisfying(
            PurgeQueueInProgressException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.getMessage())
                  .contains(
                      "Only one PurgeQueue operation on " + name + " is allowed every 60 seconds.");
            });
  }

  private static String path(String url) {
    return URI.create(url).getPath();
  }
}
