package io.tern.state.crossing;

import java.util.ArrayList;
import java.util.List;

/**
 * The highest number taken from one source. Entries count only if they continue it, so nothing is
 * taken twice and nothing is left out, however often and in whatever order a courier calls.
 */
final class Inbox {
  private long taken;

  long taken() {
    return taken;
  }

  void advance(long number) {
    taken = number;
  }

  /**
   * The entries that continue what was taken: none when there is a gap before them; those taken
   * before are left out.
   */
  List<OutboxEntry> fresh(long previous, List<OutboxEntry> entries) {
    List<OutboxEntry> fresh = new ArrayList<>(entries.size());
    if (previous > taken) {
      return fresh;
    }
    long last = taken;
    for (OutboxEntry entry : entries) {
      if (entry.number() == last + 1) {
        fresh.add(entry);
        last++;
      } else if (entry.number() > last) {
        break;
      }
    }
    return fresh;
  }
}
