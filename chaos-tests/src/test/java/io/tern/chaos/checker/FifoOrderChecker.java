package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.SubscriptionFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Order in each group of a FIFO queue: no message comes while an earlier one is certainly still
 * there, in flight or not, unless it is before it in the same answer; and a topic's messages keep
 * the topic's order. Run by {@link Judgement}.
 */
public final class FifoOrderChecker implements Checker {
  private record Group(String queue, String name) {}

  /** What one receive gave of one group, in the order of the numbers. */
  private record Answered(Operation receive, List<Member> members) {}

  /** One message of a group, and until when it was certainly there. */
  private static final class Member {
    private final Trail trail;
    private final String number;
    private final List<Seen> seen = new ArrayList<>(1);
    private long presentUntil;
    private int place;

    Member(Trail trail, String number) {
      this.trail = trail;
      this.number = number;
      this.presentUntil = Times.ALWAYS;
    }
  }

  @Override
  public String name() {
    return "fifo-order";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    Topology topology = Topology.of(history);
    Origins origins = Origins.of(history, topology);
    groups(history, topology)
        .forEach((group, members) -> {
          members.sort(Comparator.comparing(m -> m.number, SequenceChecker.BY_NUMBER));
          delivered(group, members, findings);
          published(group, members, topology, origins, findings);
        });
    return findings.verdict(this);
  }

  private static Map<Group, List<Member>> groups(History history, Topology topology) {
    Map<Group, List<Member>> groups = new LinkedHashMap<>();
    for (Trail trail : Trails.of(history).all()) {
      Map<String, Member> byQueue = new HashMap<>(1);
      for (Seen seen : trail.seen()) {
        String group = seen.delivery().group();
        String number = seen.delivery().sequenceNumber();
        String queue = seen.queue();
        if (group == null || number == null || !isJudged(queue, topology)) {
          continue;
        }
        Member member = byQueue.get(queue);
        if (member == null) {
          member = new Member(trail, number);
          byQueue.put(queue, member);
          groups.computeIfAbsent(new Group(queue, group), _ -> new ArrayList<>()).add(member);
        }
        member.seen.add(seen);
        member.presentUntil = Math.max(member.presentUntil, seen.invoked());
      }
      byQueue.forEach((queue, member) -> untilDeleted(queue, member, topology));
    }
    return groups;
  }

  private static boolean isJudged(String queue, Topology topology) {
    return topology.isFifo(queue) && !topology.isDeleted(queue);
  }

  /** It stays until the first delete, where nothing else could take it. */
  private static void untilDeleted(String queue, Member member, Topology topology) {
    if (!topology.hasDeadLetterQueue(queue)
        && topology.moves(queue).isEmpty()
        && topology.emptyings(queue).isEmpty()
        && !member.trail.deletes().isEmpty()) {
      member.presentUntil = Math.max(member.presentUntil, member.trail.firstDelete());
    }
  }

  private static void delivered(Group group, List<Member> members, Findings findings) {
    long[] presentUntil = new long[members.size()];
    Map<Long, Answered> receives = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      member.place = i;
      presentUntil[i] = member.presentUntil;
      for (Seen seen : member.seen) {
        receives
            .computeIfAbsent(
                seen.operation().id(), _ -> new Answered(seen.operation(), new ArrayList<>(1)))
            .members()
            .add(member);
      }
    }
    RangeMaximum maximum = new RangeMaximum(presentUntil);
    for (Answered answered : receives.values()) {
      inside(group, answered, findings);
      overtaken(group, answered, members, maximum, findings);
    }
  }

  private static void inside(Group group, Answered answered, Findings findings) {
    int last = -1;
    for (Member member : answered.members()) {
      findings.checked();
      int place = placeIn(answered.receive(), member);
      if (place < last) {
        findings.violation("in one answer " + against(group, answered, member));
      }
      last = Math.max(last, place);
    }
  }

  /** Looks between the members of the answer: they do not overtake each other. */
  private static void overtaken(
      Group group,
      Answered answered,
      List<Member> all,
      RangeMaximum presentUntil,
      Findings findings) {
    int from = 0;
    for (Member member : answered.members()) {
      int earlier = presentUntil.of(from, member.place);
      if (earlier >= 0 && all.get(earlier).presentUntil > answered.receive().endedNanos()) {
        findings.violation(
            "overtook " + all.get(earlier).trail.id() + " " + against(group, answered, member));
      }
      from = member.place + 1;
    }
  }

  private static String against(Group group, Answered answered, Member member) {
    return "in group "
        + group.name()
        + ": "
        + member.trail.id()
        + " in operation "
        + answered.receive().id()
        + " of "
        + group.queue();
  }

  private static int placeIn(Operation receive, Member member) {
    for (Seen seen : member.seen) {
      if (seen.operation().id() == receive.id()) {
        return seen.place();
      }
    }
    return -1;
  }

  /** Of a queue that one topic feeds and nothing else. */
  private static void published(
      Group group, List<Member> members, Topology topology, Origins origins, Findings findings) {
    List<SubscriptionFact> subscriptions = topology.subscriptions(group.queue());
    if (subscriptions.size() != 1
        || topology.isMovedInto(group.queue())
        || topology.isDeadLetterQueue(group.queue())) {
      return;
    }
    String topic = subscriptions.getFirst().topic();
    String highest = null;
    for (Member member : members) {
      String body = member.seen.getFirst().delivery().body();
      String number = topicNumber(origins.attempts(topic, Copy.of(body).text()));
      if (number == null || !origins.attempts(group.queue(), body).isEmpty()) {
        continue;
      }
      findings.checked();
      if (highest != null && SequenceChecker.BY_NUMBER.compare(number, highest) < 0) {
        findings.violation(
            "published as "
                + number
                + " but queued behind "
                + highest
                + " in group "
                + group.name()
                + " of "
                + group.queue()
                + ": "
                + member.trail.id());
      } else {
        highest = number;
      }
    }
  }

  /** The number under which a body was published, if it was published under one only. */
  private static @Nullable String topicNumber(List<Operation> attempts) {
    String number = null;
    for (Operation attempt : attempts) {
      if (attempt.answer() instanceof Answer.Stored stored) {
        if (stored.sequenceNumber() == null
            || (number != null && !number.equals(stored.sequenceNumber()))) {
          return null;
        }
        number = stored.sequenceNumber();
      }
    }
    return number;
  }
}
