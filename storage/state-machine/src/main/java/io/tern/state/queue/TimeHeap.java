package io.tern.state.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Things ordered by a time; each can be moved or taken out at once, so nothing stale gathers. A
 * binary heap whose members know their place. Used for hidden messages by their queue, and for
 * queues by their partition.
 *
 * <p>Ties are ordered by number, so every answer is the same on each replica, whatever the heap's
 * inner layout.
 */
public final class TimeHeap<T extends TimeHeap.Member> {

  /** The time of something that waits for nothing. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int SMALLEST = 8;

  /** Something that can be ordered; knows its time and its place in the one heap it may be in. */
  public abstract static class Member {
    private final long number;
    private long atMillis = NEVER;
    private int place = -1;

    protected Member(long number) {
      this.number = number;
    }

    public final long number() {
      return number;
    }

    /** When it is due, or {@link #NEVER} when it is in no heap. */
    public final long atMillis() {
      return atMillis;
    }

    private boolean before(Member other) {
      return compare(this, other) < 0;
    }

    private static int compare(Member a, Member b) {
      int byTime = Long.compare(a.atMillis, b.atMillis);
      return byTime != 0 ? byTime : Long.compare(a.number, b.number);
    }
  }

  private @Nullable Member[] members = new @Nullable Member[0];
  private int size;

  public int size() {
    return size;
  }

  /** When the first member is due, or {@link #NEVER}. */
  public long firstAtMillis() {
    return size == 0 ? NEVER : at(0).atMillis;
  }

  /** The first member if it is due by then. */
  public @Nullable T firstDue(long nowMillis) {
    return firstAtMillis() <= nowMillis && size > 0 ? typed(at(0)) : null;
  }

  /** The members due by then, in order, at most so many. */
  public List<T> due(long nowMillis, int limit) {
    List<T> due = new ArrayList<>();
    PriorityQueue<Member> next = new PriorityQueue<>(Member::compare);
    offerIfDue(next, 0, nowMillis);
    while (due.size() < limit) {
      Member first = next.poll();
      if (first == null) {
        break;
      }
      due.add(typed(first));
      offerIfDue(next, 2 * first.place + 1, nowMillis);
      offerIfDue(next, 2 * first.place + 2, nowMillis);
    }
    return due;
  }

  private void offerIfDue(PriorityQueue<Member> next, int place, long nowMillis) {
    if (place < size && at(place).atMillis <= nowMillis) {
      next.add(at(place));
    }
  }

  /** Puts the member at that time, or takes it out when the time is {@link #NEVER}. */
  public void set(T moved, long atMillis) {
    Member member = moved;
    if (atMillis == member.atMillis) {
      return;
    }
    if (atMillis == NEVER) {
      remove(member);
    } else if (member.place < 0) {
      member.atMillis = atMillis;
      if (size == members.length) {
        members = Arrays.copyOf(members, Math.max(SMALLEST, 2 * size));
      }
      size++;
      rise(member, size - 1);
    } else {
      boolean earlier = atMillis < member.atMillis;
      member.atMillis = atMillis;
      if (earlier) {
        rise(member, member.place);
      } else {
        sink(member, member.place);
      }
    }
  }

  private void remove(Member member) {
    int hole = member.place;
    size--;
    Member last = at(size);
    members[size] = null;
    member.place = -1;
    member.atMillis = NEVER;
    if (hole < size) {
      rise(last, hole);
      if (last.place == hole) {
        sink(last, hole);
      }
    }
    if (members.length > SMALLEST && size < members.length / 4) {
      members = Arrays.copyOf(members, members.length / 2);
    }
  }

  private void rise(Member member, int from) {
    int place = from;
    while (place > 0) {
      Member parent = at((place - 1) / 2);
      if (!member.before(parent)) {
        break;
      }
      put(parent, place);
      place = (place - 1) / 2;
    }
    put(member, place);
  }

  private void sink(Member member, int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && at(child + 1).before(at(child))) {
        child++;
      }
      if (!at(child).before(member)) {
        break;
      }
      int up = place;
      place = child;
      put(at(child), up);
    }
    put(member, place);
  }

  private void put(Member member, int place) {
    members[place] = member;
    member.place = place;
  }

  @SuppressWarnings("NullAway") // Places below size are filled; this is the heap's own invariant.
  private Member at(int place) {
    return members[place];
  }

  @SuppressWarnings("unchecked") // Only set() adds, and it takes a T.
  private T typed(Member member) {
    return (T) member;
  }
}
