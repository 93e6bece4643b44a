package io.tern.topics.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.proto.content.ContentAttribute;
import io.tern.proto.sns.MessageAttributeValue;
import io.tern.state.limits.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The attributes of a published message; Publish and PublishBatch have them checked here. */
public final class MessageAttributeChecks {
  private static final Pattern TYPE =
      Pattern.compile("(String|Number|Binary)(\\..+)?", Pattern.DOTALL);

  /** Looked at, not computed: its digits may fill the message. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?+([0-9]++(\\.[0-9]*+)?+|\\.[0-9]++)([eE][+-]?+[0-9]{1,9}+)?+");

  private static final List<String> RESERVED = List.of("aws.", "amazon.");
  private static final List<String> FOR_ALL =
      List.of("aws.sns.sms.", "aws.mm.sms.", "aws.sns.mobile.");

  private MessageAttributeChecks() {}

  /**
   * Whether each attribute has a type at all; asked before anything is looked for.
   *
   * @param pathPrefix empty for Publish; for an entry of a batch {@link #entryPath}
   */
  public static Optional<Refusal> types(
      Map<String, MessageAttributeValue> attributes, String pathPrefix) {
    return attributes.entrySet().stream()
        .filter(attribute -> !attribute.getValue().hasDataType())
        .findFirst()
        .map(attribute ->
            new Refusal(
                ErrorCode.VALIDATION_ERROR,
                "1 validation error detected: Value null at '"
                    + pathPrefix
                    + "messageAttributes."
                    + attribute.getKey()
                    + ".member.dataType' failed to satisfy constraint: Member must not be null"));
  }

  /** The attributes, all with types, in ascending order of name; the first bad one decides. */
  public static Checked<List<ContentAttribute>> check(
      Map<String, MessageAttributeValue> attributes) {
    List<ContentAttribute> checked = new ArrayList<>(attributes.size());
    for (Map.Entry<String, MessageAttributeValue> entry : attributes.entrySet()) {
      String name = entry.getKey();
      MessageAttributeValue value = entry.getValue();
      Optional<Refusal> refusal =
          name(name).or(() -> type(name, value)).or(() -> value(name, value));
      if (refusal.isPresent()) {
        return Checked.bad(refusal.get());
      }
      checked.add(content(name, value));
    }
    checked.sort(Comparator.comparing(ContentAttribute::getName));
    return Checked.good(List.copyOf(checked));
  }

  /** Where an entry of a batch stands in the request, counted from 1, for the texts of errors. */
  public static String entryPath(int entry) {
    return "publishBatchRequestEntries." + entry + ".member.";
  }

  private static Optional<Refusal> name(String name) {
    if (name.length() > TopicLimits.ATTRIBUTE_NAME_CHARACTERS) {
      return bad("Length of message attribute name must be less than 256 bytes.");
    }
    if (name.isEmpty()) {
      return bad("Message attribute name can not be empty.");
    }
    Optional<Refusal> character =
        name.codePoints()
            .filter(point -> !isNameCharacter(point))
            .mapToObj(MessageAttributeChecks::badCharacter)
            .findFirst();
    if (character.isPresent()) {
      return character;
    }
    if (name.startsWith(".")) {
      return bad("Invalid message attribute name starting with character '.' was found.");
    }
    if (name.endsWith(".")) {
      return bad("Invalid message attribute name ending with character '.' was found.");
    }
    if (name.contains("..")) {
      return bad("Message attribute name can not have successive '.' character.");
    }
    return isReserved(name)
        ? bad("Invalid message attribute name starting with 'AWS.' or 'Amazon.' was found.")
        : Optional.empty();
  }

  private static Optional<Refusal> type(String name, MessageAttributeValue value) {
    String type = value.getDataType();
    boolean known =
        TYPE.matcher(type).matches()
            && type.getBytes(UTF_8).length <= TopicLimits.ATTRIBUTE_NAME_CHARACTERS;
    return known
        ? Optional.empty()
        : bad(
            "The message attribute '"
                + name
                + "' has an invalid message attribute type, the set of supported type prefixes is"
                + " Binary, Number, and String.");
  }

  private static Optional<Refusal> value(String name, MessageAttributeValue value) {
    String type = value.getDataType();
    boolean binary = type.startsWith("Binary");
    if (!value.hasStringValue() && !value.hasBinaryValue()) {
      return empty(name, type);
    }
    if (binary ? !value.hasBinaryValue() : !value.hasStringValue()) {
      return bad(
          "The message attribute '"
              + name
              + "' with type '"
              + type
              + "' must use field '"
              + (binary ? "Binary" : "String")
              + "'.");
    }
    if (binary ? value.getBinaryValue().isEmpty() : value.getStringValue().isEmpty()) {
      return empty(name, type);
    }
    return type.startsWith("Number") && !NUMBER.matcher(value.getStringValue()).matches()
        ? bad("Could not cast message attribute '" + name + "' value to number.")
        : Optional.empty();
  }

  private static Optional<Refusal> empty(String name, String type) {
    return bad(
        "The message attribute '"
            + name
            + "' must contain non-empty message attribute value for message attribute type '"
            + type
            + "'.");
  }

  private static ContentAttribute content(String name, MessageAttributeValue value) {
    ContentAttribute.Builder content =
        ContentAttribute.newBuilder().setName(name).setDataType(value.getDataType());
    return value.getDataType().startsWith("Binary")
        ? content.setBinary(value.getBinaryValue()).build()
        : content.setText(value.getStringValue()).build();
  }

  private static boolean isNameCharacter(int point) {
    return (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || (point >= '0' && point <= '9')
        || point == '_'
        || point == '-'
        || point == '.';
  }

  private static Refusal badCharacter(int point) {
    return refusal(
        "Invalid non-alphanumeric character '#x"
            + Integer.toHexString(point).toUpperCase(Locale.ROOT)
            + "' was found in the message attribute name. Can only include alphanumeric"
            + " characters, hyphens, underscores, or dots.");
  }

  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return RESERVED.stream().anyMatch(lower::startsWith)
        && FOR_ALL.stream().noneMatch(lower::startsWith);
  }

  private static Optional<Refusal> bad(String text) {
    return Optional.of(refusal(text));
  }

  private static Refusal refusal(String text) {
    return new Refusal(ErrorCode.PARAMETER_VALUE_INVALID, text);
  }
}
