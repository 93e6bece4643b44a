package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;

/** Lists of queues, page by page; each page comes from another node. */
@OnEachDeployment
class PagingTest {
  private final Deployment service;

  PagingTest(Deployment service) {
    this.service = service;
  }

  @Test
  void pagesJoinedAreTheWholeListInOrder() {
    String prefix = service.newName("page");
    List<String> names = create(prefix, 7);
    assertThat(pages(prefix, 3)).containsExactly(3, 3, 1);
    assertThat(pages(prefix, 7)).containsExactly(7);
    assertThat(pages(prefix, 1)).hasSize(7);
    List<String> found = new ArrayList<>();
    String token = null;
    do {
      ListQueuesResponse page = list(prefix, 2, token);
      page.queueUrls().forEach(url -> found.add(url.substring(url.lastIndexOf('/') + 1)));
      token = page.nextToken();
    } while (token != null);
    assertThat(found).isEqualTo(names);
  }

  @Test
  void withoutMaxResultsThereIsNoToken() {
    String prefix = service.newName("whole");
    create(prefix, 3);
    ListQueuesResponse all = service.sqs().listQueues(r -> r.queueNamePrefix(prefix));
    assertThat(all.queueUrls()).hasSize(3);
    assertThat(all.nextToken()).isNull();
  }

  @Test
  void queueDeletedBetweenTwoPagesDoesNotDisturb() {
    String prefix = service.newName("deleted");
    List<String> names = create(prefix, 5);
    ListQueuesResponse first = list(prefix, 2, null);
    service.sqs().deleteQueue(r -> r.queueUrl(names.get(1)));
    service.sqs().deleteQueue(r -> r.queueUrl(names.get(2)));
    ListQueuesResponse rest = list(prefix, 10, first.nextToken());
    assertThat(rest.queueUrls()).hasSize(2);
    assertThat(rest.nextToken()).isNull();
  }

  @Test
  void tokenThatWasMadeUpIsRefused() {
    Refusal.assertRefused(() -> list("x", 2, "made up"), ErrorKind.INVALID_PARAMETER_VALUE);
  }

  private List<String> create(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = prefix + "-" + i;
      service.sqs().createQueue(r -> r.queueName(name));
      names.add(name);
    }
    return names;
  }

  private List<Integer> pages(String prefix, int most) {
    List<Integer> sizes = new ArrayList<>();
    ListQueuesResponse page = list(prefix, most, null);
    sizes.add(page.queueUrls().size());
    while (page.nextToken() != null) {
      page = list(prefix, most, page.nextToken());
      sizes.add(page.queueUrls().size());
    }
    return sizes;
  }

  private ListQueuesResponse list(String prefix, int most, @Nullable String token) {
    return service
        .sqs()
        .listQueues(r -> r.queueNamePrefix(prefix).maxResults(most).nextToken(token));
  }
}
