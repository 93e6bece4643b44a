package io.tern.topics.filter;

import io.tern.topics.filter.Document.Element;
import io.tern.topics.filter.Document.Located;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a message values of one path stand, findable by the elements that were chosen before;
 * SameElement has some for each test. It is a tree of the elements, as the message nests them. Pins
 * say which element of an array was chosen.
 */
final class Places {

  /** An element with those right below it, by array and index; the root stands for no element. */
  private static final class Node {
    private final @Nullable Element element;
    private final Map<Integer, Map<Integer, Node>> below = new HashMap<>(2);
    private boolean hasValue;

    Node(@Nullable Element element) {
      this.element = element;
    }

    void attach(Element child, Node node) {
      below.computeIfAbsent(child.array(), _ -> new LinkedHashMap<>()).put(child.index(), node);
    }
  }

  private final Node root = new Node(null);
  private final Map<Element, Node> nodes = new HashMap<>();
  private final Set<Integer> arrays = new HashSet<>();

  /** Each element is visited for the first value in it alone. */
  void add(Located located) {
    Node node = root;
    List<Element> unknown = new ArrayList<>();
    for (@Nullable Element link = located.element(); link != null; link = link.parent()) {
      Node known = nodes.get(link);
      if (known != null) {
        node = known;
        break;
      }
      unknown.add(link);
    }
    for (Element link : unknown.reversed()) {
      Node made = new Node(link);
      nodes.put(link, made);
      arrays.add(link.array());
      node.attach(link, made);
      node = made;
    }
    node.hasValue = true;
  }

  /** Whether a value stands in no array. */
  boolean hasOutside() {
    return root.hasValue;
  }

  Set<Integer> arrays() {
    return arrays;
  }

  /**
   * The elements with values that agree with the pins, as far as there are steps. Whoever changes
   * the pins in between puts them back before asking for the next one.
   */
  Walk agreeing(Map<Integer, Integer> pins, Steps steps) {
    return new Walk(root, pins, steps);
  }

  /** Goes down the tree and leaves out what does not agree; not recursive, it may be deep. */
  static final class Walk {
    private final Map<Integer, Integer> pins;
    private final Steps steps;
    private final Deque<Iterator<Node>> open = new ArrayDeque<>();

    private Walk(Node root, Map<Integer, Integer> pins, Steps steps) {
      this.pins = pins;
      this.steps = steps;
      descend(root);
    }

    /** Null after the last one. */
    @Nullable Element next() {
      while (!open.isEmpty()) {
        Iterator<Node> siblings = open.getLast();
        if (!siblings.hasNext()) {
          open.removeLast();
        } else if (steps.take()) {
          Node node = siblings.next();
          descend(node);
          if (node.hasValue) {
            return node.element;
          }
        } else {
          open.clear();
        }
      }
      return null;
    }

    private void descend(Node node) {
      node.below.forEach((array, byIndex) -> {
        Integer pinned = pins.get(array);
        if (pinned == null) {
          open.addLast(byIndex.values().iterator());
        } else {
          Node only = byIndex.get(pinned);
          if (only != null) {
            open.addLast(List.of(only).iterator());
          }
        }
      });
    }
  }
}
