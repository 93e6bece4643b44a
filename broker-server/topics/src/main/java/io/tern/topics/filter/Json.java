package io.tern.topics.filter;

import java.util.List;
import java.util.Map;

/** A JSON text as a tree with its numbers as they were written: a filter policy or a message. */
sealed interface Json {

  /** Of members with the same name the last one is here, at the last one's place. */
  record Members(Map<String, Json> byName) implements Json {}

  record Elements(List<Json> inOrder) implements Json {}

  record Text(String text) implements Json {}

  record Numeral(String text) implements Json {}

  /** true, false or null. */
  record Literal(String text) implements Json {}
}
