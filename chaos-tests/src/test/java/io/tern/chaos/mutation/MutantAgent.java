package io.tern.chaos.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Runs inside a node before its main class: where the agent's jar has a class of the same name, it
 * takes the place of the product's. Uses nothing but the JDK.
 */
public final class MutantAgent implements ClassFileTransformer {
  /** Where in the jar the mutants are. */
  static final String FOLDER = "mutants/";

  private MutantAgent() {}

  public static void premain(@Nullable String unused, Instrumentation instrumentation) {
    instrumentation.addTransformer(new MutantAgent());
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] original) {
    if (name == null || !name.startsWith("io/tern/")) {
      return null;
    }
    try (InputStream mutant = ClassLoader.getSystemResourceAsStream(FOLDER + name + ".class")) {
      if (mutant == null) {
        return null;
      }
      System.err.println("MUTANT " + name);
      return mutant.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
