package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What was tried, acknowledged and received in a fault test, and the judgement over it. Filled by
 * the senders and receivers at once.
 */
final class Ledger {
  /** One successful send: which client, and when. */
  record Success(String client, long atNanos) {}

  private record Acknowledged(String messageId, String md5) {}

  private final Set<String> tried = ConcurrentHashMap.newKeySet();
  private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> receivedIds = new ConcurrentHashMap<>();
  private final Map<String, String> receivedMd5 = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Success> successes = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  void tried(String key) {
    tried.add(key);
  }

  void acknowledged(String client, String key, String messageId, String md5) {
    acknowledged.put(key, new Acknowledged(messageId, md5));
    successes.add(new Success(client, System.nanoTime()));
  }

  /** Notes a received message; a bad one is reported by {@link #judge}. */
  void received(Message message) {
    try {
      LoadBody body = LoadBody.parse(message.body());
      receivedIds
          .computeIfAbsent(body.key(), key -> ConcurrentHashMap.newKeySet())
          .add(message.messageId());
      receivedMd5.put(body.key(), message.md5OfBody());
    } catch (AssertionError altered) {
      faults.add(String.valueOf(altered.getMessage()));
    }
  }

  int acknowledgedCount() {
    return acknowledged.size();
  }

  long acknowledgedBy(String client) {
    return successes.stream().filter(success -> success.client().equals(client)).count();
  }

  List<Success> successes() {
    return List.copyOf(successes);
  }

  int receivedCount() {
    return receivedIds.size();
  }

  /**
   * Every acknowledged message is received, none is invented, none altered. To be asked when all
   * senders have ended: a script's message may be received before its line was read.
   */
  void judge() {
    List<String> lost = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    acknowledged.forEach((key, sent) -> {
      Set<String> ids = receivedIds.get(key);
      if (ids == null) {
        lost.add(key);
      } else if (!ids.contains(sent.messageId()) || !sent.md5().equals(receivedMd5.get(key))) {
        changed.add(key + " sent as " + sent + ", received as " + ids);
      }
    });
    List<String> invented =
        receivedIds.keySet().stream().filter(key -> !tried.contains(key)).toList();
    assertThat(acknowledged).as("acknowledged messages").isNotEmpty();
    assertThat(lost).as("acknowledged and lost, of " + acknowledged.size()).isEmpty();
    assertThat(changed).as("received with another id or digest").isEmpty();
    assertThat(invented).as("invented").isEmpty();
    assertThat(faults).as("invented or altered").isEmpty();
  }
}
