package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.QueueName;
import io.tern.state.topic.Notification;
import org.jspecify.annotations.Nullable;

/**
 * A message as its row holds it.
 *
 * @param number of a parked message, the number of its outbox entry
 * @param sentMillis wall clock
 * @param group the message group, empty for none
 * @param deadLetterSource the queue it came from as a dead letter, or null
 */
public record StoredMessage(
    long number,
    long sentMillis,
    String group,
    @Nullable QueueName deadLetterSource,
    StoredContent content) {

  /** With the content as a row or a crossing has it. */
  public StoredMessage(
      long number,
      long sentMillis,
      String group,
      @Nullable QueueName deadLetterSource,
      Bytes content) {
    this(number, sentMillis, group, deadLetterSource, StoredContent.of(content));
  }

  /** What crosses to another partition; a parked notification has its message in it. */
  public Bytes carriedContent() {
    return switch (content) {
      case StoredContent.Plain plain -> plain.content();
      case StoredContent.Inline inline -> inline.content();
      case StoredContent.Reference(Notification notification) ->
          throw new IllegalStateException("a body stays behind: " + notification);
    };
  }

  /** What a receiver gets; of a notification only after it was made plain. */
  public Bytes plainContent() {
    return switch (content) {
      case StoredContent.Plain plain -> plain.content();
      case StoredContent.Reference _, StoredContent.Inline _ ->
          throw new IllegalStateException("a notification is handed out as it is stored");
    };
  }
}
