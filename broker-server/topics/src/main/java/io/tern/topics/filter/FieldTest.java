package io.tern.topics.filter;

import java.util.List;

/**
 * What a filter policy demands of one path: that a value there matches one of the patterns or, if
 * absence is good too, that there is none. Equal tests of many subscriptions are done once.
 */
record FieldTest(String path, List<Pattern> patterns, boolean absent) {

  boolean matches(Value value) {
    for (Pattern pattern : patterns) {
      if (pattern.matches(value)) {
        return true;
      }
    }
    return false;
  }
}
