package io.tern.chaos.checker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.Publish;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nothing comes out that did not go in: each delivery has the body, digest and group of a send or
 * publish that was not refused, and there are no more messages than tries. Run by {@link
 * Judgement}.
 */
public final class InventionChecker implements Checker {
  @Override
  public String name() {
    return "nothing-invented";
  }

  @Override
  public Verdict check(History history) {
    return new Search(history).verdict(this);
  }

  /** The tries to send one body, and the ids under which it came out. */
  private static final class Body {
    private final List<Operation> tries = new ArrayList<>(1);
    private final Set<String> ids = new HashSet<>(1);
  }

  /** One pass over one history. */
  private static final class Search {
    private final History history;
    private final Findings findings = new Findings();
    private final Topology topology;
    private final Trails trails;
    private final Origins origins;
    private final MessageDigest md5 = md5();
    private final Map<String, Body> bodies = new HashMap<>();

    Search(History history) {
      this.history = history;
      this.topology = Topology.of(history);
      this.trails = Trails.of(history);
      this.origins = Origins.of(history, topology);
    }

    Verdict verdict(Checker checker) {
      for (Operation operation : history.operations()) {
        if (operation.mayHaveHappened() && operation.call() instanceof Send send) {
          bodies.computeIfAbsent(send.body(), _ -> new Body()).tries.add(operation);
          answered(operation, send);
        }
      }
      for (Trail trail : trails.all()) {
        for (Seen seen : trail.seen()) {
          findings.checked();
          delivered(seen);
        }
        oneBody(trail);
      }
      int moves = topology.moves().stream().mapToInt(List::size).sum();
      bodies.forEach((text, body) -> count(text, body, moves));
      return findings.verdict(checker);
    }

    private void answered(Operation operation, Send send) {
      if (operation.answer() instanceof Answer.Stored stored
          && stored.md5() != null
          && !stored.md5().equals(digest(send.body()))) {
        findings.violation("digest of operation " + operation.id() + " is of another body");
      }
    }

    private void delivered(Seen seen) {
      Delivery delivery = seen.delivery();
      if (!delivery.md5().equals(digest(delivery.body()))) {
        findings.violation("altered: body and digest differ: " + seen);
      }
      List<Operation> from = origins.of(seen);
      if (from.isEmpty()) {
        findings.violation("invented: nobody sent it: " + seen);
      } else if (from.stream().noneMatch(Operation::mayHaveHappened)) {
        findings.violation("refused by operation " + from.getFirst().id() + ", but came: " + seen);
      } else if (from.stream().allMatch(o -> o.invokedNanos() > seen.ended())) {
        findings.violation("came before it was sent: " + seen);
      } else if (topology.isFifo(seen.queue())
          && from.stream().noneMatch(o -> Objects.equals(group(o), delivery.group()))) {
        findings.violation("of another group, " + delivery.group() + ": " + seen);
      }
      Body body = bodies.get(delivery.body());
      if (body != null && from.stream().allMatch(o -> o.call() instanceof Send)) {
        body.ids.add(seen.id());
      }
    }

    private static @Nullable String group(Operation operation) {
      if (operation.call() instanceof Send send) {
        return send.group();
      }
      return operation.call() instanceof Publish publish ? publish.group() : null;
    }

    private void oneBody(Trail trail) {
      for (int i = 1; i < trail.seen().size(); i++) {
        Seen seen = trail.seen().get(i);
        if (!seen.delivery().body().equals(trail.seen().getFirst().delivery().body())
            && !topology.isFed(seen.queue())) {
          findings.violation("altered: another body than before: " + seen);
          return;
        }
      }
      for (Operation stored : trail.stored()) {
        if (!trail.seen().isEmpty()
            && stored.call() instanceof Send send
            && !topology.isFifo(send.target())
            && !send.body().equals(trail.seen().getFirst().delivery().body())) {
          findings.violation(
              "altered: not the body that operation "
                  + stored.id()
                  + " sent: "
                  + trail.seen().getFirst());
          return;
        }
      }
    }

    /** What was told to no sender comes from a try in doubt; each move gives one more id. */
    private void count(String text, Body body, int moves) {
      Set<String> told = new HashSet<>();
      int inDoubt = 0;
      for (Operation operation : body.tries) {
        if (operation.answer() instanceof Answer.Stored stored) {
          told.add(stored.messageId());
        } else {
          inDoubt++;
        }
      }
      long more = body.ids.stream().filter(id -> !told.contains(id)).count();
      long allowed = inDoubt + (long) moves * body.tries.size();
      if (more > allowed) {
        findings.violation(
            "more messages than tries: "
                + body.ids
                + " of "
                + body.tries.size()
                + " tries by operation "
                + body.tries.getFirst().id()
                + " and others, body "
                + shown(text));
      }
    }

    private static String shown(String text) {
      return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private String digest(String body) {
      return HexFormat.of().formatHex(md5.digest(body.getBytes(UTF_8)));
    }

    private static MessageDigest md5() {
      try {
        return MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has MD5", e);
      }
    }
  }
}
