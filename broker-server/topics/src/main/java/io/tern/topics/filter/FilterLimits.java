package io.tern.topics.filter;

/** What bounds the cost of filters; whoever writes policies and messages by hand meets none. */
final class FilterLimits {

  /** Depth of a filter policy. */
  static final int POLICY_DEPTH = 128;

  /** Depth of a body, or of an attribute's array, that filter policies look into. */
  static final int MESSAGE_DEPTH = 1_000;

  /** Characters of a number that is compared as a number. */
  static final int NUMBER_CHARACTERS = 1_000;

  /** Values and patterns that one message may have compared; beyond, the rest does not match. */
  static final int STEPS = 20_000_000;

  /** Vain attempts of matching one rule that are remembered; beyond, some are made again. */
  static final int ATTEMPTS = 100_000;

  /** Changed filter policies of a topic that are kept apart from the large index of the others. */
  static final int CHANGES = 64;

  private FilterLimits() {}
}
