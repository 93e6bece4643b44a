package io.tern.protocols;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.tern.protocols.ShapePlan.Member;
import io.tern.state.limits.ErrorCode;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of an AWS Query request into its Protobuf message. {@link AwsQuery} uses it.
 *
 * <p>To SQS a list of one may come without an index (AttributeName=All), a map of one likewise
 * (Attribute.Name=..., Attribute.Value=...): boto 2 writes both. To SNS a list or map without
 * elements may come as an empty value (Tags=), which is not the same as none at all.
 */
final class QueryReader {
  private static final int QUOTED_CHARACTERS = 100;

  /** Reads the parameters below a node as the members of a shape. */
  Message read(QueryParameters node, ShapePlan plan, Message prototype) {
    Message.Builder message = prototype.newBuilderForType();
    readShape(node, plan, message);
    return message.build();
  }

  private void readShape(QueryParameters node, ShapePlan plan, Message.Builder message) {
    for (Member member : plan.members()) {
      QueryParameters child = node.child(member.spelling().getName());
      if (child == null && !member.spelling().getAlias().isEmpty()) {
        child = node.child(member.spelling().getAlias());
      }
      if (child == null) {
        if (member.isRequired()) {
          throw absent(member);
        }
        continue;
      }
      switch (member.arity()) {
        case SINGLE -> readSingle(child, member, message);
        case LIST -> readList(child, member, message);
        case MAP -> readMap(child, member, message);
      }
    }
  }

  private void readSingle(QueryParameters node, Member member, Message.Builder message) {
    Object value = readValue(node, member, message, member.field());
    if (value != null) {
      message.setField(member.field(), value);
    }
  }

  private void readList(QueryParameters node, Member member, Message.Builder message) {
    if (member.isNested()) {
      readElements(node.child(ShapePlan.LIST_ELEMENT), member, message);
      return;
    }
    if (node.value() != null) {
      readElement(node, member, message);
    }
    readElements(node, member, message);
  }

  private void readElements(
      @Nullable QueryParameters node, Member member, Message.Builder message) {
    if (node != null) {
      for (QueryParameters element : node.indexed()) {
        readElement(element, member, message);
      }
    }
  }

  private void readElement(QueryParameters node, Member member, Message.Builder message) {
    Object value = readValue(node, member, message, member.field());
    if (value != null) {
      message.addRepeatedField(member.field(), value);
    }
  }

  private void readMap(QueryParameters node, Member member, Message.Builder message) {
    if (member.isNested()) {
      readEntries(node.child(ShapePlan.MAP_ELEMENT), member, message);
      return;
    }
    if (node.child(member.spelling().getKey()) != null) {
      readEntry(node, member, message);
    }
    readEntries(node, member, message);
  }

  private void readEntries(@Nullable QueryParameters node, Member member, Message.Builder message) {
    if (node != null) {
      for (QueryParameters entry : node.indexed()) {
        readEntry(entry, member, message);
      }
    }
  }

  /** An entry without a name has the empty name, which the handlers refuse with their own text. */
  private void readEntry(QueryParameters node, Member member, Message.Builder message) {
    Message.Builder entry = message.newBuilderForField(member.field());
    QueryParameters key = node.child(member.spelling().getKey());
    if (key != null && key.value() != null) {
      entry.setField(member.mapKey(), key.value());
    }
    QueryParameters valueNode = node.child(member.spelling().getValue());
    Object value =
        valueNode == null ? null : readValue(valueNode, member, entry, member.mapValue());
    if (value != null) {
      entry.setField(member.mapValue(), value);
    }
    message.addRepeatedField(member.field(), entry.build());
  }

  private @Nullable Object readValue(
      QueryParameters node, Member member, Message.Builder owner, FieldDescriptor field) {
    String text = node.value();
    return switch (member.form()) {
      case TEXT -> text;
      case INTEGER -> readInteger(text, member);
      case LONG -> readLong(text, member);
      case BOOLEAN -> readBoolean(text, member);
      case BLOB -> readBlob(text, member);
      case SHAPE -> {
        Message.Builder nested = owner.newBuilderForField(field);
        readShape(node, member.shape(), nested);
        yield nested.build();
      }
    };
  }

  private static @Nullable Integer readInteger(@Nullable String text, Member member) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw invalid(text, member, "Must be an integer.");
    }
  }

  private static @Nullable Long readLong(@Nullable String text, Member member) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw invalid(text, member, "Must be an integer.");
    }
  }

  private static @Nullable Boolean readBoolean(@Nullable String text, Member member) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw invalid(text, member, "Must be true or false.");
    };
  }

  private static @Nullable ByteString readBlob(@Nullable String text, Member member) {
    if (text == null) {
      return null;
    }
    try {
      // A plus sign that was not escaped has become a space on the way here.
      return UnsafeByteOperations.unsafeWrap(Base64.getDecoder().decode(text.replace(' ', '+')));
    } catch (IllegalArgumentException e) {
      throw invalid(text, member, "Must be base64.");
    }
  }

  /** The service spells members inside with a small letter first. */
  private static TernException absent(Member member) {
    String name = member.jsonName();
    return new TernException(
        ErrorCode.VALIDATION_ERROR,
        "1 validation error detected: Value null at '"
            + Character.toLowerCase(name.charAt(0))
            + name.substring(1)
            + "' failed to satisfy constraint: Member must not be null");
  }

  private static TernException invalid(String value, Member member, String reason) {
    if (member.isNested()) {
      return new TernException(
          ErrorCode.SNS_INVALID_PARAMETER,
          "Invalid parameter: %s Reason: %s".formatted(member.spelling().getName(), reason));
    }
    String quoted =
        value.length() <= QUOTED_CHARACTERS ? value : value.substring(0, QUOTED_CHARACTERS);
    return new TernException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value %s for parameter %s is invalid. Reason: %s"
            .formatted(quoted, member.spelling().getName(), reason));
  }
}
