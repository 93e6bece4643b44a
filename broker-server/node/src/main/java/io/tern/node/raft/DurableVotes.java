package io.tern.node.raft;

import java.security.CodeSource;
import java.util.Objects;
import org.apache.ratis.util.AtomicFileOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Proves at start that Ratis will write its vote with our class, which survives a power cut, and
 * not with its own. Called by {@link RaftNode} before anything else.
 */
public final class DurableVotes {

  private DurableVotes() {}

  /**
   * Refuses to go on when the class path puts Ratis' jar before ours.
   *
   * @throws IllegalStateException when votes would not be durable
   */
  public static void check() {
    if (!oursIsLoaded()) {
      throw new IllegalStateException(
          "Votes would be lost in a power cut: "
              + AtomicFileOutputStream.class.getName()
              + " was loaded from "
              + origin(AtomicFileOutputStream.class)
              + " and not from "
              + origin(DurableVotes.class)
              + "; put Tern's own jar first on the class path");
    }
  }

  private static boolean oursIsLoaded() {
    try {
      return AtomicFileOutputStream.forcesFolder()
          && Objects.equals(origin(AtomicFileOutputStream.class), origin(DurableVotes.class));
    } catch (NoSuchMethodError theirs) {
      return false;
    }
  }

  private static @Nullable String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? null
        : source.getLocation().toExternalForm();
  }
}
