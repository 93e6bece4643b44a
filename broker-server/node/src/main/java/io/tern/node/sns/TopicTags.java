package io.tern.node.sns;

import static io.tern.node.sns.Refusals.invalid;

import io.tern.proto.sns.Tag;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tags of topics as callers give them. */
final class TopicTags {
  private TopicTags() {}

  /** The tags by key. */
  static SortedMap<String, String> checked(List<Tag> tags) {
    SortedMap<String, String> byKey = new TreeMap<>();
    for (Tag tag : tags) {
      Refusals.require(tag.hasKey(), "tags.member.key");
      checkLength(tag.getKey(), tag.getValue());
      if (byKey.put(tag.getKey(), tag.getValue()) != null) {
        throw invalid("Duplicated keys are not allowed.");
      }
    }
    checkCount(byKey.size());
    return byKey;
  }

  static void checkCount(int tags) {
    if (tags > Limits.TAGS) {
      throw new TernException(
          ErrorCode.TAG_LIMIT_EXCEEDED,
          "Could not complete request: tag quota of per resource exceeded");
    }
  }

  private static void checkLength(String key, String value) {
    boolean fine =
        !key.isEmpty()
            && key.codePointCount(0, key.length()) <= Limits.TAG_KEY_CHARACTERS
            && value.codePointCount(0, value.length()) <= 2 * Limits.TAG_KEY_CHARACTERS;
    if (!fine) {
      throw invalid("Tags Reason: keys have 1 to 128 characters, values 256 at most");
    }
  }
}
