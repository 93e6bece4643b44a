package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of queues. */
@OnEachDeployment
class TagsTest {
  private final Deployment service;

  TagsTest(Deployment service) {
    this.service = service;
  }

  @Test
  void tagsOfTheCreationAreThere() {
    String name = service.newName("tagged");
    String url =
        service
            .sqs()
            .createQueue(r -> r.queueName(name).tags(Map.of("k", "v", "empty", "")))
            .queueUrl();
    for (int i = 0; i < 6; i++) {
      assertThat(tags(url)).isEqualTo(Map.of("k", "v", "empty", ""));
    }
  }

  @Test
  void sameKeysAreOverwrittenOthersStay() {
    String url = service.newQueue("overwrite");
    assertThat(tags(url)).isEmpty();
    tag(url, Map.of("a", "1", "b", "2"));
    tag(url, Map.of("b", "3", "c", "4"));
    assertThat(tags(url)).isEqualTo(Map.of("a", "1", "b", "3", "c", "4"));
  }

  @Test
  void keysAreCaseSensitive() {
    String url = service.newQueue("case");
    tag(url, Map.of("key", "1", "KEY", "2"));
    assertThat(tags(url)).isEqualTo(Map.of("key", "1", "KEY", "2"));
  }

  @Test
  void untaggingIgnoresUnknownKeys() {
    String url = service.newQueue("untag");
    tag(url, Map.of("a", "1", "b", "2"));
    service.sqs().untagQueue(r -> r.queueUrl(url).tagKeys("a", "never"));
    assertThat(tags(url)).isEqualTo(Map.of("b", "2"));
    service.sqs().untagQueue(r -> r.queueUrl(url).tagKeys("b"));
    assertThat(tags(url)).isEmpty();
  }

  @Test
  void allowedCharactersAndLengths() {
    String url = service.newQueue("alphabet");
    Map<String, String> tags =
        Map.of("_.:/=+-@ \u00e9\u4e16", "_.:/=+-@ \u00e9\u4e16", "k".repeat(128), "v".repeat(256));
    tag(url, tags);
    assertThat(tags(url)).isEqualTo(tags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:mine", "k*", "k\""})
  void keysThatAreNotAllowed(String key) {
    String url = service.newQueue("badkey");
    Refusal.assertRefused(() -> tag(url, Map.of(key, "v")), ErrorKind.INVALID_PARAMETER_VALUE);
    assertThat(tags(url)).isEmpty();
  }

  @Test
  void keyOf129Characters() {
    String url = service.newQueue("longkey");
    Refusal.assertRefused(
        () -> tag(url, Map.of("k".repeat(129), "v")),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Tag keys must be between 1 and 128 characters in length.");
  }

  @Test
  void valueOf257Characters() {
    String url = service.newQueue("longvalue");
    Refusal.assertRefused(
        () -> tag(url, Map.of("k", "v".repeat(257))), ErrorKind.INVALID_PARAMETER_VALUE);
  }

  @Test
  void fiftyTagsAndNoMore() {
    TestQueue queue = TestQueue.standard(service, "fifty");
    Map<String, String> fifty = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      fifty.put("k" + i, "v");
    }
    tag(queue.url(), fifty);
    tag(queue.url(), Map.of("k7", "again"));
    Refusal.assertRefused(
        () -> tag(queue.url(), Map.of("one more", "v")),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Too many tags added for queue " + queue.name() + ".");
    assertThat(tags(queue.url())).hasSize(50).containsEntry("k7", "again");
  }

  private void tag(String url, Map<String, String> tags) {
    service.sqs().tagQueue(r -> r.queueUrl(url).tags(tags));
  }

  private Map<String, String> tags(String url) {
    return service.sqs().listQueueTags(r -> r.queueUrl(url)).tags();
  }
}
