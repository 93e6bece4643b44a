package io.tern.topics.filter;

import io.tern.topics.filter.Document.Element;
import io.tern.topics.filter.Document.Located;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a message values of one path stand, findable by the elements that were chosen before;
 * SameElement has some for each test. Pins say which element of an array was chosen.
 */
final class Places {

  private record Link(int array, int index) {}

  private final Map<Link, Element> elements = new LinkedHashMap<>();
  private final Map<Link, List<Element>> within = new HashMap<>();
  private final Map<Integer, Integer> elementsByArray = new HashMap<>();
  private boolean outside;

  void add(Located located) {
    Element element = located.element();
    if (element == null) {
      outside = true;
    } else if (elements.put(new Link(element.array(), element.index()), element) == null) {
      for (@Nullable Element link = element; link != null; link = link.parent()) {
        within
            .computeIfAbsent(new Link(link.array(), link.index()), _ -> new ArrayList<>())
            .add(element);
        elementsByArray.merge(link.array(), 1, Integer::sum);
      }
    }
  }

  /** Whether a value stands in no array. */
  boolean hasOutside() {
    return outside;
  }

  Set<Integer> arrays() {
    return elementsByArray.keySet();
  }

  /** All elements that agree with the pins, and perhaps some others. */
  Collection<Element> candidates(Map<Integer, Integer> pins) {
    Collection<Element> fewest = elements.values();
    for (Map.Entry<Integer, Integer> pin : pins.entrySet()) {
      int array = pin.getKey();
      if (elementsByArray.getOrDefault(array, 0) == elements.size()) {
        List<Element> pinned = within.getOrDefault(new Link(array, pin.getValue()), List.of());
        if (pinned.size() < fewest.size()) {
          fewest = pinned;
        }
      }
    }
    return fewest;
  }
}
