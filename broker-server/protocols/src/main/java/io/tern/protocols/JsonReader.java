package io.tern.protocols;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.tern.protocols.ShapePlan.Member;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON document of a request into its Protobuf message. {@link AwsJson} uses it.
 *
 * <p>Tolerant as AWS is: unknown members are skipped, null means absent, of repeated members the
 * last counts. Strict about types.
 */
final class JsonReader {
  private static final int NUMBER_CHARACTERS = 64;
  private static final int NAME_CHARACTERS = 1_024;
  private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.REQUEST_DEPTH)
                  .maxTokenCount(Limits.REQUEST_TOKENS)
                  .maxStringLength(Limits.REQUEST_BYTES)
                  .maxDocumentLength(Limits.REQUEST_BYTES)
                  .maxNumberLength(NUMBER_CHARACTERS)
                  .maxNameLength(NAME_CHARACTERS)
                  .build())
          .build();

  /**
   * Reads the document; an empty one counts as an empty object.
   *
   * @throws TernException SERIALIZATION, when it is not a document of this shape
   */
  Message read(byte[] document, ShapePlan plan, Message prototype) {
    if (document.length == 0) {
      return prototype;
    }
    try (JsonParser parser = factory.createParser(document)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return prototype;
      }
      if (first != JsonToken.START_OBJECT) {
        throw refused("The request body must be a JSON object.");
      }
      Message.Builder message = prototype.newBuilderForType();
      readShape(parser, plan, message);
      if (parser.nextToken() != null) {
        throw refused("The request body must be one JSON object.");
      }
      return message.build();
    } catch (StreamConstraintsException e) {
      throw refused("The request body is nested too deeply or has too many or too long parts.");
    } catch (JacksonException e) {
      throw refused("The request body is not valid JSON.");
    } catch (IOException e) {
      // Malformed UTF-8 in the middle of a character arrives as this.
      throw refused("The request body is not valid JSON in UTF-8.");
    }
  }

  private void readShape(JsonParser parser, ShapePlan plan, Message.Builder message)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      Member member = plan.byJsonName(name);
      if (member == null) {
        parser.skipChildren();
        continue;
      }
      switch (member.arity()) {
        case SINGLE -> readSingle(parser, token, member, message);
        case LIST -> readList(parser, token, member, message);
        case MAP -> readMap(parser, token, member, message);
      }
    }
  }

  private void readSingle(
      JsonParser parser, JsonToken token, Member member, Message.Builder message)
      throws IOException {
    FieldDescriptor field = member.field();
    Object value = readValue(parser, token, member, message, field);
    if (value == null) {
      message.clearField(field);
    } else {
      message.setField(field, value);
    }
  }

  private void readList(JsonParser parser, JsonToken token, Member member, Message.Builder message)
      throws IOException {
    startOver(member, message);
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    expect(token == JsonToken.START_ARRAY, member, "a list");
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      Object value = readValue(parser, next, member, message, member.field());
      if (value != null) {
        message.addRepeatedField(member.field(), value);
      }
    }
  }

  private void readMap(JsonParser parser, JsonToken token, Member member, Message.Builder message)
      throws IOException {
    startOver(member, message);
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    expect(token == JsonToken.START_OBJECT, member, "a map");
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      Message.Builder entry = message.newBuilderForField(member.field());
      Object value = readValue(parser, parser.nextToken(), member, entry, member.mapValue());
      if (value != null) {
        entry.setField(member.mapKey(), key).setField(member.mapValue(), value);
        message.addRepeatedField(member.field(), entry.build());
      }
    }
  }

  /** A member that occurs twice counts as its last occurrence only. */
  private static void startOver(Member member, Message.Builder message) {
    if (message.getRepeatedFieldCount(member.field()) > 0) {
      message.clearField(member.field());
    }
  }

  /**
   * Reads one value at the current token; null for null.
   *
   * @param owner the message whose field the value is for
   */
  private @Nullable Object readValue(
      JsonParser parser,
      JsonToken token,
      Member member,
      Message.Builder owner,
      FieldDescriptor field)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (member.form()) {
      case TEXT -> {
        expect(token == JsonToken.VALUE_STRING, member, "a string");
        yield parser.getText();
      }
      case INTEGER ->
          (int) readInteger(parser, token, member, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> readInteger(parser, token, member, Long.MIN_VALUE, Long.MAX_VALUE);
      case BOOLEAN -> {
        expect(
            token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, member, "a boolean");
        yield token == JsonToken.VALUE_TRUE;
      }
      case BLOB -> readBlob(parser, token, member);
      case SHAPE -> {
        expect(token == JsonToken.START_OBJECT, member, "an object");
        Message.Builder nested = owner.newBuilderForField(field);
        readShape(parser, member.shape(), nested);
        yield nested.build();
      }
    };
  }

  private static long readInteger(
      JsonParser parser, JsonToken token, Member member, long minimum, long maximum)
      throws IOException {
    boolean whole = token == JsonToken.VALUE_NUMBER_INT;
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      // Some languages know only one kind of number and write 30 as 30.0.
      whole = parser.getDoubleValue() == Math.rint(parser.getDoubleValue());
    }
    expect(whole, member, "an integer");
    try {
      long value = parser.getLongValue();
      if (value >= minimum && value <= maximum) {
        return value;
      }
    } catch (InputCoercionException e) {
      // Beyond 64 bits: out of range as well.
    }
    throw refused("The value of the member " + member.jsonName() + " is out of range.");
  }

  private static Object readBlob(JsonParser parser, JsonToken token, Member member)
      throws IOException {
    expect(token == JsonToken.VALUE_STRING, member, "a string in base64");
    try {
      return UnsafeByteOperations.unsafeWrap(parser.getBinaryValue(BASE64));
    } catch (StreamConstraintsException e) {
      throw e;
    } catch (JacksonException e) {
      throw refused("The member " + member.jsonName() + " must be a string in base64.");
    }
  }

  private static void expect(boolean met, Member member, String what) {
    if (!met) {
      throw refused("The member " + member.jsonName() + " must be " + what + ".");
    }
  }

  private static TernException refused(String detail) {
    return new TernException(ErrorCode.SERIALIZATION, detail);
  }
}
