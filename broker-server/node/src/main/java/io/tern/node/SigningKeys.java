package io.tern.node;

import io.tern.node.config.WallClock;
import io.tern.node.leader.LeaderTerm;
import io.tern.state.TopicDefinitionCommand.AddSigningKey;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.SigningKey;
import io.tern.topics.envelope.SigningIdentities;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the cluster has a key to sign notifications with: the operator's, or one made by
 * the catalogue's first leader. Called by {@link PartitionDuties} when a term of the catalogue
 * begins; one that fails is made up for by the next.
 */
final class SigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

  private final @Nullable SigningKey own;
  private final Executor work;
  private final WallClock clock;

  /**
   * @param own the operator's key, or null
   * @param work where a key is made, which takes a third of a second
   */
  SigningKeys(@Nullable SigningKey own, Executor work, WallClock clock) {
    this.own = own;
    this.work = work;
    this.clock = clock;
  }

  /** On the catalogue's apply thread. */
  void begin(CatalogueMachine catalogue, LeaderTerm duties) {
    List<SigningKey> known = List.copyOf(catalogue.topics().signingKeys());
    SigningKey given = own;
    if (given != null && (known.isEmpty() || !known.getLast().id().equals(given.id()))) {
      propose(duties, CompletableFuture.completedFuture(new AddSigningKey(given, false)));
    } else if (known.isEmpty()) {
      propose(
          duties, CompletableFuture.supplyAsync(() -> new AddSigningKey(generated(), true), work));
    }
  }

  private SigningKey generated() {
    return SigningIdentities.generate(new SecureRandom(), Instant.ofEpochMilli(clock.wallMillis()))
        .forCatalogue();
  }

  private static void propose(LeaderTerm duties, CompletableFuture<AddSigningKey> command) {
    var _ =
        command
            .thenCompose(key -> duties.execute(List.of(key)))
            .whenComplete((_, failure) -> {
              if (failure != null) {
                LOG.info("no signing key added reason={}", failure.toString());
              }
            });
  }
}
