package io.tern.topics.policy;

import io.tern.state.limits.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** PublishBatch as a whole; its entries are checked one by one like Publish. */
public final class BatchChecks {
  private static final Pattern ID_CHARACTERS = Pattern.compile("[A-Za-z0-9_-]+");

  private BatchChecks() {}

  /** The ids of the entries: how many, whether each is another, and how they are written. */
  public static Optional<Refusal> ids(List<String> ids) {
    if (ids.isEmpty()) {
      return refuse(ErrorCode.SNS_EMPTY_BATCH_REQUEST);
    }
    if (ids.size() > TopicLimits.BATCH_ENTRIES) {
      return refuse(ErrorCode.SNS_TOO_MANY_ENTRIES_IN_BATCH_REQUEST);
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      return refuse(ErrorCode.SNS_BATCH_ENTRY_IDS_NOT_DISTINCT);
    }
    return ids.stream().map(BatchChecks::id).flatMap(Optional::stream).findFirst();
  }

  /** Whether all messages together are short enough. */
  public static Optional<Refusal> size(long bytes) {
    return bytes > TopicLimits.MESSAGE_BYTES
        ? refuse(ErrorCode.SNS_BATCH_REQUEST_TOO_LONG)
        : Optional.empty();
  }

  private static Optional<Refusal> id(String id) {
    if (id.length() > TopicLimits.BATCH_ID_CHARACTERS) {
      return badId("The Id of a batch entry in the batch request is too long: " + id);
    }
    return ID_CHARACTERS.matcher(id).matches()
        ? Optional.empty()
        : badId(
            "The Id of a batch entry in the batch request contains an impermissible character: "
                + id);
  }

  private static Optional<Refusal> badId(String text) {
    return Optional.of(new Refusal(ErrorCode.SNS_INVALID_BATCH_ENTRY_ID, text));
  }

  private static Optional<Refusal> refuse(ErrorCode code) {
    return Optional.of(new Refusal(code, code.text()));
  }
}
