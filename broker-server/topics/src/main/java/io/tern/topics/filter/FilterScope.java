package io.tern.topics.filter;

import java.util.Optional;

/** What a filter policy looks at; the value of the attribute FilterPolicyScope. */
public enum FilterScope {
  MESSAGE_ATTRIBUTES("MessageAttributes"),
  MESSAGE_BODY("MessageBody");

  /** As callers write it. */
  private final String text;

  FilterScope(String text) {
    this.text = text;
  }

  /** The scope that callers write so, if there is one. */
  public static Optional<FilterScope> of(String text) {
    for (FilterScope scope : values()) {
      if (scope.text.equals(text)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
