package io.tern.command.output;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Where a command reads and writes. Texts are UTF-8 whatever the locale says, as JSON must be.
 *
 * @param terminal whether a person looks on; asked only when it matters, for asking costs
 */
public record Console(PrintWriter out, PrintWriter err, InputStream in, BooleanSupplier terminal) {

  /** The console of this process. */
  public static Console ofProcess() {
    return new Console(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new FileInputStream(FileDescriptor.in),
        Console::isTerminal);
  }

  private static PrintWriter writer(FileDescriptor file) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(file), StandardCharsets.UTF_8), true);
  }

  // The JDK's own console, its default again, is null where its documentation says it is.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }
}
