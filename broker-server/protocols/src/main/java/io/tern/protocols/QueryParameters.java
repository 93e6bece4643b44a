package io.tern.protocols;

import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an AWS Query request as the tree their dotted names describe: Tag.1.Key is the
 * child Key of the child 1 of the child Tag. Built by {@link AwsQuery}, read by {@link
 * QueryReader}.
 */
final class QueryParameters {
  private static final int INDEX_DIGITS = 9;

  private @Nullable String value;
  private final Map<String, QueryParameters> children = new HashMap<>();

  private QueryParameters() {}

  /**
   * Reads the query string, then the form; of repeated names the last counts.
   *
   * @throws TernException MALFORMED_QUERY_STRING, when an escape or the UTF-8 is malformed or there
   *     are too many parameters
   */
  static QueryParameters parse(String rawQuery, byte[] form) {
    QueryParameters root = new QueryParameters();
    int count = root.addAll(rawQuery.getBytes(StandardCharsets.UTF_8), 0);
    root.addAll(form, count);
    return root;
  }

  private int addAll(byte[] encoded, int countBefore) {
    int count = countBefore;
    int start = 0;
    while (start < encoded.length) {
      int end = indexOf(encoded, '&', start, encoded.length);
      if (end > start) {
        count++;
        if (count > Limits.REQUEST_PARAMETERS) {
          throw malformed(
              "The request has more than " + Limits.REQUEST_PARAMETERS + " parameters.");
        }
        int equals = indexOf(encoded, '=', start, end);
        String name = decode(encoded, start, equals);
        add(name, equals == end ? "" : decode(encoded, equals + 1, end));
      }
      start = end + 1;
    }
    return count;
  }

  private void add(String name, String value) {
    QueryParameters node = this;
    int start = 0;
    for (int depth = 0; depth < Limits.REQUEST_DEPTH; depth++) {
      int dot = name.indexOf('.', start);
      String segment = name.substring(start, dot < 0 ? name.length() : dot);
      node = node.children.computeIfAbsent(segment, absent -> new QueryParameters());
      if (dot < 0) {
        node.value = value;
        return;
      }
      start = dot + 1;
    }
    // Deeper than any parameter we know: ignored like any unknown one.
  }

  /** The value of the parameter that is called exactly like this node. */
  @Nullable String value() {
    return value;
  }

  @Nullable QueryParameters child(String name) {
    return children.get(name);
  }

  /** The children called by a number, ordered by it; gaps are as good as none. */
  List<QueryParameters> indexed() {
    List<Map.Entry<String, QueryParameters>> numbered = new ArrayList<>(children.size());
    for (Map.Entry<String, QueryParameters> child : children.entrySet()) {
      if (isIndex(child.getKey())) {
        numbered.add(child);
      }
    }
    numbered.sort(Comparator.comparingInt(child -> Integer.parseInt(child.getKey())));
    return numbered.stream().map(Map.Entry::getValue).toList();
  }

  private static boolean isIndex(String segment) {
    return !segment.isEmpty()
        && segment.length() <= INDEX_DIGITS
        && segment.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  private static String decode(byte[] encoded, int from, int to) {
    boolean plain = true;
    for (int i = from; i < to && plain; i++) {
      plain = encoded[i] >= 0 && encoded[i] != '%' && encoded[i] != '+';
    }
    if (plain) {
      return new String(encoded, from, to - from, StandardCharsets.ISO_8859_1);
    }
    byte[] decoded = new byte[to - from];
    int size = 0;
    for (int i = from; i < to; i++) {
      byte b = encoded[i];
      if (b == '%') {
        decoded[size++] = escaped(encoded, i, to);
        i += 2;
      } else {
        decoded[size++] = b == '+' ? (byte) ' ' : b;
      }
    }
    return utf8(decoded, size);
  }

  private static byte escaped(byte[] encoded, int percent, int to) {
    if (percent + 2 < to) {
      // Bytes of UTF-8 are negative here and no hexadecimal digits either.
      int high = Character.digit((char) encoded[percent + 1], 16);
      int low = Character.digit((char) encoded[percent + 2], 16);
      if (high >= 0 && low >= 0) {
        return (byte) (high << 4 | low);
      }
    }
    throw malformed("A percent sign is not followed by two hexadecimal digits.");
  }

  private static String utf8(byte[] bytes, int size) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, 0, size))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("A parameter is not valid UTF-8.");
    }
  }

  private static TernException malformed(String detail) {
    return new TernException(ErrorCode.MALFORMED_QUERY_STRING, detail);
  }
}
