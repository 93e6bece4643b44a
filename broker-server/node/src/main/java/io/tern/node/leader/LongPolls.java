package io.tern.node.leader;

import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueGauge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Receivers of one partition, waiting for messages. An empty poll never enters the log: a receive
 * is submitted only when the gauge says that there is something, and n messages wake at most n
 * polls. Called by request threads, the timer, and the apply thread after each entry.
 */
final class LongPolls {
  private final Function<Command, CompletableFuture<Reply>> submit;
  private final QueueGauges gauges;
  private final LongSupplier queueMillis;
  private final ScheduledExecutorService timer;
  private final Map<QueueId, WaitingPolls> waiting = new HashMap<>();
  private int parked;
  private boolean closed;

  LongPolls(
      Function<Command, CompletableFuture<Reply>> submit,
      QueueGauges gauges,
      LongSupplier queueMillis,
      ScheduledExecutorService timer) {
    this.submit = submit;
    this.gauges = gauges;
    this.queueMillis = queueMillis;
    this.timer = timer;
  }

  /**
   * Receives, waiting if need be. The reply is MessagesReceived (empty at the end of the wait) or
   * Rejected; the future fails when the term ends or the outcome is unknown, and may be cancelled.
   */
  CompletableFuture<Reply> receive(ReceiveRequest request) {
    Poll poll = new Poll(request, queueMillis.getAsLong() + request.waitMillis());
    boolean submitNow;
    synchronized (this) {
      WaitingPolls polls = waiting.get(request.queue());
      int busy = polls == null ? 0 : polls.submitted;
      submitNow = closed || mayFind(request.queue(), busy);
      if (submitNow) {
        waiting(request.queue()).submitted++;
      } else if (request.waitMillis() > 0) {
        if (parked >= Limits.PARKED_POLLS) {
          poll.refuse(ErrorCode.REQUEST_THROTTLED, "Too many requests wait for this partition.");
        } else {
          park(poll);
        }
      } else {
        poll.answer.complete(isAtLimit(request.queue()) ? AT_LIMIT : NOTHING);
      }
    }
    if (submitNow) {
      submit(poll);
    }
    return poll.answer;
  }

  /** The apply thread published a new gauge of the queue, or forgot it. */
  void gaugeChanged(QueueId queue) {
    List<Poll> woken;
    synchronized (this) {
      WaitingPolls polls = waiting.get(queue);
      if (polls == null || polls.parked.isEmpty()) {
        return;
      }
      woken = takeWoken(queue, polls);
    }
    woken.forEach(this::submit);
  }

  /** The term ended: every waiting poll is to find the next leader. */
  void close(Throwable reason) {
    List<Poll> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (WaitingPolls polls : waiting.values()) {
        all.addAll(polls.parked);
        polls.parked.clear();
      }
      waiting.clear();
      parked = 0;
    }
    for (Poll poll : all) {
      poll.answer.completeExceptionally(reason);
    }
  }

  /** Ends every wait with what there is: nothing. The node is about to stop. */
  void answerAll() {
    List<Poll> all = new ArrayList<>();
    synchronized (this) {
      for (WaitingPolls polls : waiting.values()) {
        all.addAll(polls.parked);
        parked -= polls.parked.size();
        polls.parked.clear();
      }
    }
    for (Poll poll : all) {
      poll.answer.complete(NOTHING);
    }
  }

  synchronized int parkedPolls() {
    return parked;
  }

  private void submit(Poll poll) {
    if (poll.answer.isDone()) {
      submitEnded(poll.request.queue());
      return;
    }
    ReceiveRequest request = poll.request;
    var _ =
        submit
            .apply(
                new Command.ReceiveMessages(
                    request.queue(), request.maxMessages(), request.visibilityMillis()))
            .whenComplete((reply, failure) -> received(poll, reply, failure));
  }

  private void received(Poll poll, @Nullable Reply reply, @Nullable Throwable failure) {
    boolean again = false;
    synchronized (this) {
      WaitingPolls polls = waiting.get(poll.request.queue());
      if (polls != null) {
        polls.submitted--;
      }
      if (!closed && failure == null && reply != null && isEmpty(reply) && hasTime(poll)) {
        if (mayFind(poll.request.queue(), waiting(poll.request.queue()).submitted)
            && !isOverLimit(reply)) {
          waiting(poll.request.queue()).submitted++;
          again = true;
        } else {
          park(poll);
        }
      } else {
        forgetIfIdle(poll.request.queue());
      }
    }
    if (again) {
      submit(poll);
    } else if (poll.answer.isDone()) {
      giveBack(poll, reply);
    } else if (failure != null) {
      poll.answer.completeExceptionally(failure);
    } else if (reply != null && !(isEmpty(reply) && poll.parked)) {
      poll.answer.complete(isOverLimit(reply) && poll.request.waitMillis() > 0 ? NOTHING : reply);
    }
  }

  /** The receiver has gone: its messages are for others at once. */
  private void giveBack(Poll poll, @Nullable Reply reply) {
    if (reply instanceof Reply.MessagesReceived received) {
      for (Delivery delivery : received.deliveries()) {
        var _ =
            submit.apply(
                new Command.ChangeVisibility(
                    poll.request.queue(), delivery.number(), delivery.receiveCount(), 0));
      }
    }
  }

  private synchronized void submitEnded(QueueId queue) {
    WaitingPolls polls = waiting.get(queue);
    if (polls != null) {
      polls.submitted--;
      forgetIfIdle(queue);
    }
  }

  private void park(Poll poll) {
    long left = poll.deadlineMillis - queueMillis.getAsLong();
    WaitingPolls polls = waiting(poll.request.queue());
    poll.parked = true;
    polls.parked.add(poll);
    parked++;
    if (!poll.timed) {
      poll.timed = true;
      var end = timer.schedule(() -> waitEnded(poll), Math.max(1, left), TimeUnit.MILLISECONDS);
      var _ =
          poll.answer.whenComplete((reply, failure) -> {
            end.cancel(false);
            unpark(poll);
          });
    }
    scheduleNextVisible(poll.request.queue(), polls);
  }

  /** A poll on its way to the machine is answered by its reply, so that no message is wasted. */
  private void waitEnded(Poll poll) {
    boolean answer;
    synchronized (this) {
      answer = poll.parked;
    }
    if (answer) {
      poll.answer.complete(NOTHING);
    }
  }

  private synchronized void unpark(Poll poll) {
    WaitingPolls polls = waiting.get(poll.request.queue());
    if (polls != null && polls.parked.remove(poll)) {
      parked--;
      forgetIfIdle(poll.request.queue());
    }
  }

  /** Takes as many polls as there are messages nobody is on the way to. */
  private List<Poll> takeWoken(QueueId queue, WaitingPolls polls) {
    List<Poll> woken = new ArrayList<>();
    var iterator = polls.parked.iterator();
    while (iterator.hasNext() && mayFind(queue, polls.submitted)) {
      Poll poll = iterator.next();
      iterator.remove();
      parked--;
      poll.parked = false;
      polls.submitted++;
      woken.add(poll);
    }
    scheduleNextVisible(queue, polls);
    return woken;
  }

  /** True when a further receive could find something, with so many on their way already. */
  private boolean mayFind(QueueId queue, int submitted) {
    QueueGauge gauge = gauges.find(queue).orElse(null);
    if (gauge == null) {
      return true;
    }
    boolean due = gauge.nextVisibleAtMillis() <= queueMillis.getAsLong();
    return (gauge.visible() > submitted && gauge.inFlight() < Limits.IN_FLIGHT_MESSAGES)
        || (due && submitted == 0);
  }

  private boolean isAtLimit(QueueId queue) {
    return gauges
        .find(queue)
        .filter(gauge -> gauge.inFlight() >= Limits.IN_FLIGHT_MESSAGES)
        .isPresent();
  }

  private void scheduleNextVisible(QueueId queue, WaitingPolls polls) {
    QueueGauge gauge = gauges.find(queue).orElse(null);
    if (gauge == null || polls.parked.isEmpty() || closed) {
      return;
    }
    long at = gauge.nextVisibleAtMillis();
    if (at == Long.MAX_VALUE || at >= polls.alarmAtMillis) {
      return;
    }
    polls.alarmAtMillis = at;
    var _ =
        timer.schedule(
            () -> alarm(queue, at),
            Math.max(0, at - queueMillis.getAsLong()) + 1,
            TimeUnit.MILLISECONDS);
  }

  private void alarm(QueueId queue, long at) {
    synchronized (this) {
      WaitingPolls polls = waiting.get(queue);
      if (polls == null) {
        return;
      }
      if (polls.alarmAtMillis == at) {
        polls.alarmAtMillis = Long.MAX_VALUE;
      }
    }
    gaugeChanged(queue);
  }

  private WaitingPolls waiting(QueueId queue) {
    return waiting.computeIfAbsent(queue, q -> new WaitingPolls());
  }

  private void forgetIfIdle(QueueId queue) {
    WaitingPolls polls = waiting.get(queue);
    if (polls != null && polls.parked.isEmpty() && polls.submitted <= 0) {
      waiting.remove(queue);
    }
  }

  private boolean hasTime(Poll poll) {
    return poll.request.waitMillis() > 0
        && !poll.answer.isDone()
        && poll.deadlineMillis > queueMillis.getAsLong();
  }

  private static boolean isOverLimit(Reply reply) {
    return reply instanceof Reply.Rejected rejected && rejected.code() == ErrorCode.OVER_LIMIT;
  }

  private static boolean isEmpty(Reply reply) {
    return isOverLimit(reply)
        || (reply instanceof Reply.MessagesReceived received && received.deliveries().isEmpty());
  }

  private static final Reply NOTHING = new Reply.MessagesReceived(List.of());
  private static final Reply AT_LIMIT = new Reply.Rejected(ErrorCode.OVER_LIMIT, "");

  /** The polls of one queue. */
  private static final class WaitingPolls {
    private final LinkedHashSet<Poll> parked = new LinkedHashSet<>();
    private int submitted;
    private long alarmAtMillis = Long.MAX_VALUE;
  }

  /** One receive and its caller's future. */
  private static final class Poll {
    private final ReceiveRequest request;
    private final long deadlineMillis;
    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private boolean parked;
    private boolean timed;

    Poll(ReceiveRequest request, long deadlineMillis) {
      this.request = request;
      this.deadlineMillis = deadlineMillis;
    }

    void refuse(ErrorCode code, String detail) {
      answer.complete(new Reply.Rejected(code, detail));
    }
  }
}
