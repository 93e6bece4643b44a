package io.tern.command.output;

import java.io.PrintWriter;
import java.util.Locale;

/** One line on a terminal that says how far long work is; prints nothing anywhere else. */
public final class ProgressBar {
  private static final int CELLS = 30;

  private final PrintWriter err;
  private final boolean visible;
  private boolean shown;

  private ProgressBar(PrintWriter err, boolean visible) {
    this.err = err;
    this.visible = visible;
  }

  /** Goes to the error stream, so that the output stays clean. */
  public static ProgressBar on(Console console) {
    return new ProgressBar(console.err(), console.terminal().getAsBoolean());
  }

  /** Shows so many of so many, over what it showed before. */
  public void show(String verb, long done, long total) {
    if (visible) {
      err.print("\r" + line(verb, done, total));
      err.flush();
      shown = true;
    }
  }

  /** Leaves the line as it is and begins the next. */
  public void end() {
    if (shown) {
      err.println();
      shown = false;
    }
  }

  static String line(String verb, long done, long total) {
    long most = Math.max(Math.max(done, total), 1);
    int cells = (int) (done * CELLS / most);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %%  %s %d of %d",
        "#".repeat(cells),
        "-".repeat(CELLS - cells),
        done * 100 / most,
        verb,
        done,
        Math.max(done, total));
  }
}
