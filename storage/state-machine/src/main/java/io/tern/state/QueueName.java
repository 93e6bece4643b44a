package io.tern.state;

/** What callers call a queue: the account that owns it and its name there. */
public record QueueName(String account, String name) implements Comparable<QueueName> {
  @Override
  public int compareTo(QueueName other) {
    int byAccount = account.compareTo(other.account);
    return byAccount != 0 ? byAccount : name.compareTo(other.name);
  }
}
