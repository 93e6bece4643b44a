package io.tern.command.values;

import com.google.protobuf.ByteString;
import java.util.Base64;
import picocli.CommandLine;

/**
 * A message's attribute as people type it: {@code name=text}, {@code name:Number=5}, or {@code
 * name:Binary=} and base64. For {@code queue send} and {@code topic publish}.
 */
public record TypedAttribute(String name, String dataType, String value) {

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static TypedAttribute parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no attribute; write name=value or name:Number=5");
    }
    String name = text.substring(0, equals);
    String value = text.substring(equals + 1);
    int colon = name.indexOf(':');
    TypedAttribute attribute =
        colon < 0
            ? new TypedAttribute(name, "String", value)
            : new TypedAttribute(name.substring(0, colon), name.substring(colon + 1), value);
    if (attribute.isBinary()) {
      // Says what is wrong before anything is sent.
      Base64.getDecoder().decode(value);
    }
    return attribute;
  }

  /** Whether the value is base64. */
  public boolean isBinary() {
    return dataType.equals("Binary") || dataType.startsWith("Binary.");
  }

  /** The bytes that the base64 stands for. */
  public ByteString bytes() {
    return ByteString.copyFrom(Base64.getDecoder().decode(value));
  }

  /** How the parser of command lines reads one. */
  public static final class Converter implements CommandLine.ITypeConverter<TypedAttribute> {
    @Override
    public TypedAttribute convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException mistake) {
        throw new CommandLine.TypeConversionException(String.valueOf(mistake.getMessage()));
      }
    }
  }
}
