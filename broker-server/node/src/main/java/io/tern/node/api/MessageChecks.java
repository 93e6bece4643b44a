package io.tern.node.api;

import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a message must look like; each check throws the error that AWS gives. */
public final class MessageChecks {
  private static final Pattern ID =
      Pattern.compile("[A-Za-z0-9!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]{1,128}");
  private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
  private static final int DATA_TYPE_CHARACTERS = 256;
  private static final int NUMBER_DIGITS = 38;
  private static final int QUOTED_CHARACTERS = 1_000;

  /** What can be wrong with the characters of a text. */
  private static final int ILLEGAL = -1;

  private MessageChecks() {}

  /**
   * Checks the body and gives its length in UTF-8 bytes.
   *
   * @throws TernException MISSING_PARAMETER or INVALID_MESSAGE_CONTENTS
   */
  static int bodyBytes(String body) {
    if (body.isEmpty()) {
      throw new TernException(
          ErrorCode.MISSING_PARAMETER, "The request must contain the parameter MessageBody.");
    }
    int bytes = textBytes(body);
    if (bytes == ILLEGAL) {
      throw new TernException(
          ErrorCode.INVALID_MESSAGE_CONTENTS,
          "Invalid binary character was found in the message body, the set of allowed characters"
              + " is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
    }
    return bytes;
  }

  /** UTF-8 length of a text of permitted characters, or ILLEGAL. One pass, no copy. */
  private static int textBytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80) {
        bytes++;
      } else if (c < 0x20) {
        if (c != '\t' && c != '\n' && c != '\r') {
          return ILLEGAL;
        }
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return ILLEGAL;
        }
        i++;
        bytes += 4;
      } else if (Character.isLowSurrogate(c) || c > 0xFFFD) {
        return ILLEGAL;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }

  /**
   * Checks user attributes and gives the bytes they count for.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static int attributeBytes(Map<String, MessageAttributeValue> attributes) {
    if (attributes.isEmpty()) {
      return 0;
    }
    if (attributes.size() > Limits.MESSAGE_ATTRIBUTES) {
      throw invalid(
          "Number of message attributes ["
              + attributes.size()
              + "] exceeds the allowed maximum ["
              + Limits.MESSAGE_ATTRIBUTES
              + "].");
    }
    int bytes = 0;
    for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
      checkName(attribute.getKey());
      bytes +=
          attribute.getKey().length()
              + attribute.getValue().getDataType().length()
              + valueBytes("user", attribute.getKey(), attribute.getValue());
    }
    return bytes;
  }

  /**
   * Checks system attributes and gives the trace header, or an empty text.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static String traceHeader(Map<String, MessageAttributeValue> systemAttributes) {
    String header = "";
    for (Map.Entry<String, MessageAttributeValue> attribute : systemAttributes.entrySet()) {
      if (!attribute.getKey().equals("AWSTraceHeader")) {
        throw invalid(
            "Message system attribute name '"
                + attribute.getKey()
                + "' is invalid. The only supported one is AWSTraceHeader.");
      }
      int bytes = valueBytes("system", attribute.getKey(), attribute.getValue());
      if (!attribute.getValue().getDataType().equals("String")) {
        throw invalid("The message system attribute 'AWSTraceHeader' must be of type 'String'.");
      }
      if (bytes > Limits.HEADER_BYTES) {
        throw invalid("The message system attribute 'AWSTraceHeader' is too long.");
      }
      header = attribute.getValue().getStringValue();
    }
    return header;
  }

  /** Whether a header of the request can stand for the attribute; one that cannot is ignored. */
  public static boolean isTraceHeader(String header) {
    return header.length() <= Limits.HEADER_BYTES
        && header.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /**
   * Checks the id of a message group, of a deduplication or of a receive attempt.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static void checkId(String parameter, String id) {
    if (!ID.matcher(id).matches()) {
      throw invalid(
          "Value "
              + quoted(id)
              + " for parameter "
              + parameter
              + " is invalid. Reason: "
              + parameter
              + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
  }

  /** As much of a caller's text as an error repeats. */
  static String quoted(String text) {
    return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS);
  }

  /** Bytes that count for the size of a message, also of one that is not well formed. */
  static long sizeBytes(String body, Map<String, MessageAttributeValue> attributes) {
    long bytes = utf8Bytes(body);
    for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
      MessageAttributeValue value = attribute.getValue();
      bytes +=
          utf8Bytes(attribute.getKey())
              + utf8Bytes(value.getDataType())
              + utf8Bytes(value.getStringValue())
              + value.getBinaryValue().size();
    }
    return bytes;
  }

  private static int utf8Bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private static void checkName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!ATTRIBUTE_NAME.matcher(name).matches() || name.startsWith(".") || name.endsWith(".")) {
      throw invalid(
          "Message (user) attribute name '"
              + name
              + "' is invalid. A name can only include letters, digits, underscores, hyphens and"
              + " periods, must not start or end with a period, and has 1 to 256 characters.");
    }
    if (lower.startsWith("aws.") || lower.startsWith("amazon.")) {
      throw invalid(
          "Message (user) attribute name '"
              + name
              + "' is reserved: it must not start with AWS. or Amazon.");
    }
  }

  private static int valueBytes(String kind, String name, MessageAttributeValue value) {
    String type = value.getDataType();
    String base = type.indexOf('.') < 0 ? type : type.substring(0, type.indexOf('.'));
    if (type.length() > DATA_TYPE_CHARACTERS) {
      throw invalid(
          "Message (" + kind + ") attribute '" + name + "' has a type of over 256 characters.");
    }
    if (value.getStringListValuesCount() > 0 || value.getBinaryListValuesCount() > 0) {
      throw new TernException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Message attribute list values in SendMessage operation are not supported.");
    }
    return switch (base) {
      case "String", "Number" -> stringBytes(kind, name, base, value);
      case "Binary" -> {
        if (value.getBinaryValue().isEmpty() || value.hasStringValue()) {
          throw emptyValue(kind, name, base);
        }
        yield value.getBinaryValue().size();
      }
      default ->
          throw invalid(
              "The message attribute '"
                  + name
                  + "' has an invalid message attribute type, the set of supported type prefixes is"
                  + " Binary, Number, and String.");
    };
  }

  private static int stringBytes(
      String kind, String name, String base, MessageAttributeValue value) {
    String text = value.getStringValue();
    if (text.isEmpty() || value.hasBinaryValue()) {
      throw emptyValue(kind, name, base);
    }
    int bytes = textBytes(text);
    if (bytes == ILLEGAL) {
      throw invalid(
          "Message ("
              + kind
              + ") attribute '"
              + name
              + "' contains invalid characters, the set of allowed characters is #x9 | #xA | #xD |"
              + " #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
    }
    if (base.equals("Number") && !isNumber(text)) {
      throw invalid(
          "Can't cast the value of message (" + kind + ") attribute '" + name + "' to a number.");
    }
    return bytes;
  }

  private static boolean isNumber(String text) {
    if (text.length() > 256) {
      return false;
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      int magnitude = number.precision() - number.scale();
      return number.signum() == 0
          || (number.stripTrailingZeros().precision() <= NUMBER_DIGITS
              && magnitude <= 127
              && magnitude >= -127);
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  private static TernException emptyValue(String kind, String name, String base) {
    return invalid(
        "Message ("
            + kind
            + ") attribute '"
            + name
            + "' must contain a non-empty value of type '"
            + base
            + "'.");
  }

  private static TernException invalid(String text) {
    return new TernException(ErrorCode.INVALID_PARAMETER_VALUE, text);
  }
}
