package io.tern.topics.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tern.proto.content.ContentAttribute;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values of a message by path, as far as filter policies name them; TopicFilter makes one for
 * each scope of a publish. A path that is there without values matches nothing, not even absence.
 */
final class Document {

  private static final String ARRAY_TYPE = "String.Array";

  /**
   * An element of an array with several; values in different elements of the same array do not go
   * together. Each is equal to itself alone, because a message may nest a thousand of them.
   */
  static final class Element {
    private final int array;
    private final int index;
    private final @Nullable Element parent;

    private Element(int array, int index, @Nullable Element parent) {
      this.array = array;
      this.index = index;
      this.parent = parent;
    }

    int array() {
      return array;
    }

    int index() {
      return index;
    }

    /** The element that holds the array, if any. */
    @Nullable Element parent() {
      return parent;
    }
  }

  /** A value and the innermost element that holds it as a part of an object, if any. */
  record Located(Value value, @Nullable Element element) {}

  private final Map<String, List<Located>> values = new HashMap<>();
  private int arrays;
  private boolean hasElements;
  private boolean hasInvalidAttribute;

  private Document() {}

  /** The attributes as flat keys; a dot in a name means nothing. */
  static Document ofAttributes(List<ContentAttribute> attributes, Predicate<String> wanted) {
    Document document = new Document();
    for (ContentAttribute attribute : attributes) {
      if (wanted.test(attribute.getName())) {
        document.attribute(attribute);
      }
    }
    return document;
  }

  /** The members of the body's object; empty if the body is none, or is too deep or too long. */
  static Optional<Document> ofBody(String body, Predicate<String> wanted) {
    if (body.length() > Limits.MESSAGE_BYTES) {
      return Optional.empty();
    }
    try {
      if (!(JsonTree.readMessage(body, wanted) instanceof Json.Members members)) {
        return Optional.empty();
      }
      Document document = new Document();
      document.members(members, null, null);
      return Optional.of(document);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void attribute(ContentAttribute attribute) {
    String name = attribute.getName();
    String type = attribute.getDataType();
    if (type.equals(ARRAY_TYPE)) {
      array(name, attribute.getText());
    } else if (isOf(type, "String")) {
      add(name, new Value.Text(attribute.getText()), null);
    } else if (isOf(type, "Number")) {
      Value value = Value.number(attribute.getText());
      hasInvalidAttribute |= !(value instanceof Value.Numeric);
      add(name, value, null);
    }
  }

  private static boolean isOf(String type, String basic) {
    return type.equals(basic) || type.startsWith(basic + '.');
  }

  private void array(String name, String text) {
    try {
      if (JsonTree.readMessage(text, _ -> false) instanceof Json.Elements elements) {
        flatten(name, elements);
        return;
      }
    } catch (JsonProcessingException e) {
      hasInvalidAttribute = true;
    }
    hasInvalidAttribute = true;
    values.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  /** Objects in an attribute's array have no path of their own and count as nothing. */
  private void flatten(String name, Json.Elements elements) {
    for (Json element : elements.inOrder()) {
      switch (element) {
        case Json.Elements nested -> flatten(name, nested);
        case Json.Text _, Json.Numeral _, Json.Literal _ -> add(name, valueOf(element), null);
        case Json.Members _ -> {}
      }
    }
  }

  private void members(Json.Members members, @Nullable String path, @Nullable Element element) {
    for (Map.Entry<String, Json> member : members.byName().entrySet()) {
      String name = member.getKey();
      tree(member.getValue(), path == null ? name : path + '.' + name, element);
    }
  }

  private void tree(Json tree, String path, @Nullable Element element) {
    switch (tree) {
      case Json.Members members -> members(members, path, element);
      case Json.Elements elements -> elements(elements, path, element);
      case Json.Text _, Json.Numeral _, Json.Literal _ -> add(path, valueOf(tree), element);
    }
  }

  private void elements(Json.Elements elements, String path, @Nullable Element parent) {
    int array = arrays++;
    boolean isOneOfSeveral = elements.inOrder().size() > 1;
    int index = 0;
    for (Json element : elements.inOrder()) {
      switch (element) {
        case Json.Members _, Json.Elements _ ->
            tree(element, path, isOneOfSeveral ? new Element(array, index, parent) : parent);
        case Json.Text _, Json.Numeral _, Json.Literal _ -> add(path, valueOf(element), parent);
      }
      index++;
    }
  }

  private static Value valueOf(Json leaf) {
    return switch (leaf) {
      case Json.Text(String text) -> new Value.Text(text);
      case Json.Numeral(String text) -> Value.number(text);
      case Json.Literal(String text) -> new Value.Literal(text);
      case Json.Members _, Json.Elements _ -> throw new IllegalArgumentException("Not a leaf");
    };
  }

  private void add(String path, Value value, @Nullable Element element) {
    hasElements |= element != null;
    values.computeIfAbsent(path, _ -> new ArrayList<>()).add(new Located(value, element));
  }

  Map<String, List<Located>> values() {
    return values;
  }

  List<Located> valuesAt(String path) {
    return values.getOrDefault(path, List.of());
  }

  boolean has(String path) {
    return values.containsKey(path);
  }

  /** Whether any value stands in an element of an array, so that matches must agree about it. */
  boolean hasElements() {
    return hasElements;
  }

  /** Whether an attribute that policies name is not what its type says. */
  boolean hasInvalidAttribute() {
    return hasInvalidAttribute;
  }
}
