package io.tern.node.api;

import io.tern.proto.sqs.BatchResultErrorEntry;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.ErrorFault;
import io.tern.state.limits.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds for every batch request as a whole, and how one entry's failure is told. */
final class BatchChecks {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private BatchChecks() {}

  /**
   * Checks number, form and distinctness of the ids.
   *
   * @param entryName what the request calls an entry
   * @throws TernException the error of the whole request
   */
  static void check(String entryName, List<String> ids) {
    if (ids.isEmpty()) {
      throw new TernException(
          ErrorCode.EMPTY_BATCH_REQUEST,
          "There should be at least one " + entryName + " in the request.");
    }
    if (ids.size() > Limits.BATCH_ENTRIES) {
      throw new TernException(
          ErrorCode.TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
          "Maximum number of entries per request are 10. You have sent " + ids.size() + ".");
    }
    Set<String> seen = HashSet.newHashSet(ids.size());
    for (String id : ids) {
      if (!ID.matcher(id).matches()) {
        throw new TernException(
            ErrorCode.INVALID_BATCH_ENTRY_ID,
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
                + " It can be at most 80 letters long.");
      }
    }
    for (String id : ids) {
      if (!seen.add(id)) {
        throw new TernException(ErrorCode.BATCH_ENTRY_IDS_NOT_DISTINCT, "Id " + id + " repeated.");
      }
    }
  }

  /** The failure of one entry. */
  static BatchResultErrorEntry failed(String id, TernException failure) {
    ErrorCode code = failure.code();
    return BatchResultErrorEntry.newBuilder()
        .setId(id)
        .setSenderFault(code.fault() == ErrorFault.SENDER)
        .setCode(code.queryCode())
        .setMessage(failure.detail().isEmpty() ? code.text() : failure.detail())
        .build();
  }
}
