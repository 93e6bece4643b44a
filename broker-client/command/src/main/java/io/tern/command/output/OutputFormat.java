package io.tern.command.output;

import java.util.Locale;

/** For whom a command prints: tables for people, JSON for scripts. */
public enum OutputFormat {
  TABLE,
  JSON;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
