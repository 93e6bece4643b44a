package io.tern.command.output;

/** Ends a command with one line for people and an exit code. Every command may throw it. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Exit exit;

  public CommandFailure(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  public CommandFailure(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  /** What was asked for is not possible, or was refused. */
  public static CommandFailure refused(String message) {
    return new CommandFailure(Exit.FAILED, message);
  }

  /** What was typed makes no sense. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(Exit.USAGE, message);
  }

  public Exit exit() {
    return exit;
  }

  /** The one line. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
