package io.tern.topics.filter;

/** Why the subscriptions of one scope that a message does not match do not get it; for metrics. */
public enum FilteredOut {
  /** The attributes are not those the policies ask for. */
  MESSAGE_ATTRIBUTES,
  /** The message has no attributes. */
  NO_MESSAGE_ATTRIBUTES,
  /** An attribute that policies name is not what its type says. */
  INVALID_ATTRIBUTES,
  /** The body is not what the policies ask for. */
  MESSAGE_BODY,
  /** The body is not an object of JSON, or is too deep. */
  INVALID_MESSAGE_BODY
}
