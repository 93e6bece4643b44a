package io.tern.state;

/** What callers call a topic: region and account that own it, and its name there. */
public record TopicName(String region, String account, String name)
    implements Comparable<TopicName> {
  @Override
  public int compareTo(TopicName other) {
    int byRegion = region.compareTo(other.region);
    if (byRegion != 0) {
      return byRegion;
    }
    int byAccount = account.compareTo(other.account);
    return byAccount != 0 ? byAccount : name.compareTo(other.name);
  }
}
