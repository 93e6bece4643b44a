package io.tern.protocols;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tern.proto.wire.QuerySpelling;
import io.tern.proto.wire.QueryStyle;
import io.tern.proto.wire.WireProto;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the codecs have to know about one message type, read from its descriptor once: the names of
 * its members on each wire and the form of their values. Held by {@link Operation}.
 */
final class ShapePlan {

  /** How often a member occurs. */
  enum Arity {
    SINGLE,
    LIST,
    MAP
  }

  /** What a value of a member is; of a map, what its values are. */
  enum Form {
    TEXT,
    INTEGER,
    LONG,
    BOOLEAN,
    BLOB,
    SHAPE
  }

  /** What stands before the number of an element of a list, and of a map, in the nested style. */
  static final String LIST_ELEMENT = "member";

  static final String MAP_ELEMENT = "entry";

  private final List<Member> members;
  private final Map<String, Member> byJsonName;

  private ShapePlan(List<Member> members) {
    this.members = members;
    this.byJsonName = HashMap.newHashMap(members.size());
    for (Member member : members) {
      byJsonName.put(member.jsonName(), member);
    }
  }

  /** Reads a descriptor and those below it; shapes of these APIs do not contain themselves. */
  static ShapePlan of(Descriptor descriptor, QueryStyle style) {
    return new ShapePlan(
        descriptor.getFields().stream().map(field -> new Member(field, style)).toList());
  }

  /** In the order of the description, which is the order of answers. */
  List<Member> members() {
    return members;
  }

  @Nullable Member byJsonName(String name) {
    return byJsonName.get(name);
  }

  /** One member of a shape. */
  static final class Member {
    private final FieldDescriptor field;
    private final Arity arity;
    private final Form form;
    private final @Nullable FieldDescriptor mapKey;
    private final @Nullable FieldDescriptor mapValue;
    private final @Nullable ShapePlan shape;
    private final QuerySpelling spelling;
    private final byte[] jsonKey;
    private final boolean always;
    private final boolean required;
    private final boolean nested;

    private Member(FieldDescriptor field, QueryStyle style) {
      this.field = field;
      this.arity = field.isMapField() ? Arity.MAP : field.isRepeated() ? Arity.LIST : Arity.SINGLE;
      this.mapKey = field.isMapField() ? field.getMessageType().findFieldByNumber(1) : null;
      this.mapValue = field.isMapField() ? field.getMessageType().findFieldByNumber(2) : null;
      FieldDescriptor valueField = mapValue == null ? field : mapValue;
      this.form = form(valueField);
      this.shape = form == Form.SHAPE ? ShapePlan.of(valueField.getMessageType(), style) : null;
      this.nested = style == QueryStyle.NESTED;
      this.spelling = spelling(field, nested);
      this.jsonKey = ("\"" + field.getJsonName() + "\":").getBytes(StandardCharsets.US_ASCII);
      this.always = field.getOptions().getExtension(WireProto.always);
      this.required = field.getOptions().getExtension(WireProto.required);
    }

    private static Form form(FieldDescriptor field) {
      return switch (field.getJavaType()) {
        case STRING -> Form.TEXT;
        case INT -> Form.INTEGER;
        case LONG -> Form.LONG;
        case BOOLEAN -> Form.BOOLEAN;
        case BYTE_STRING -> Form.BLOB;
        case MESSAGE -> Form.SHAPE;
        case FLOAT, DOUBLE, ENUM ->
            throw new IllegalArgumentException(field.getFullName() + " has a type no API uses");
      };
    }

    private static QuerySpelling spelling(FieldDescriptor field, boolean nested) {
      QuerySpelling.Builder spelling = field.getOptions().getExtension(WireProto.query).toBuilder();
      if (spelling.getName().isEmpty()) {
        spelling.setName(field.getJsonName());
      }
      if (spelling.getKey().isEmpty()) {
        spelling.setKey(nested ? "key" : "Name");
      }
      if (spelling.getValue().isEmpty()) {
        spelling.setValue(nested ? "value" : "Value");
      }
      if (spelling.getJsonRendering().isEmpty()) {
        spelling.setJsonRendering(field.getJsonName());
      }
      return spelling.build();
    }

    FieldDescriptor field() {
      return field;
    }

    Arity arity() {
      return arity;
    }

    Form form() {
      return form;
    }

    /** The field of a map entry's key; only maps have one. */
    FieldDescriptor mapKey() {
      return present(mapKey);
    }

    /** The field of a map entry's value; only maps have one. */
    FieldDescriptor mapValue() {
      return present(mapValue);
    }

    /** The plan of the values; only values of form SHAPE have one. */
    ShapePlan shape() {
      return present(shape);
    }

    /** All names of AWS Query filled in. */
    QuerySpelling spelling() {
      return spelling;
    }

    String jsonName() {
      return field.getJsonName();
    }

    /** The name as it stands in a JSON document, with quotes and colon. */
    byte[] jsonKey() {
      return jsonKey;
    }

    /** Whether an answer has the member even when it is empty. */
    boolean isAlways() {
      return always;
    }

    /** Whether a request in AWS Query that does not say the list at all is refused. */
    boolean isRequired() {
      return required;
    }

    /** Whether AWS Query writes its elements below "member" or "entry". */
    boolean isNested() {
      return nested;
    }

    private <T> T present(@Nullable T part) {
      if (part == null) {
        throw new IllegalStateException(field.getFullName() + " is " + arity + " of " + form);
      }
      return part;
    }
  }
}
