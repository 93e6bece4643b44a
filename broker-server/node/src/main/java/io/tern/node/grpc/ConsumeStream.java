package io.tern.node.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tern.node.api.Caller;
import io.tern.node.api.Consuming;
import io.tern.node.api.Failures;
import io.tern.node.leader.ReceivedMessages;
import io.tern.proto.messaging.ConsumeRequest;
import io.tern.proto.messaging.ConsumeResponse;
import io.tern.proto.messaging.Delivery;
import io.tern.proto.messaging.NegativeAcknowledgement;
import io.tern.proto.messaging.OpenConsume;
import io.tern.proto.messaging.Settle;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.GrpcLimits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One consumer: messages flow to it while it has credit and reads; it says what became of each. All
 * on one event loop, so there are no locks. What waits is bounded by the credit.
 */
final class ConsumeStream extends ServerCall.Listener<ConsumeRequest>
    implements OpenStreams.Stream, ReceivePump.Sink {
  private final ServerCall<ConsumeRequest, ConsumeResponse> call;
  private final Consuming consuming;
  private final GrpcPorts ports;
  private final Executor home;
  private final Caller caller;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private final SettleLane lane;
  private final SettleAnswers answers;
  private Consuming.@Nullable Wishes wishes;
  private @Nullable ReceivePump pump;
  private @Nullable Extensions held;
  private @Nullable TernException failure;
  private int credit;
  private boolean asked;
  private boolean opening;
  private boolean halfClosed;
  private boolean stopping;
  private boolean ended;

  /** Begins the stream. */
  ConsumeStream(
      ServerCall<ConsumeRequest, ConsumeResponse> call,
      Metadata headers,
      Consuming consuming,
      GrpcPorts ports) {
    this.call = call;
    this.consuming = consuming;
    this.ports = ports;
    this.home = ports.loops().current();
    this.caller = ports.callers().caller(call, headers, home, gone);
    this.lane = new SettleLane(consuming, ports, home, this::goOn);
    this.answers = new SettleAnswers();
  }

  /** Takes the first request. */
  void begin() {
    ports.streams().opened(this);
    call.sendHeaders(new Metadata());
    asked = true;
    call.request(1);
  }

  @Override
  public void onMessage(ConsumeRequest request) {
    asked = false;
    if (failure == null) {
      try {
        switch (request.getActionCase()) {
          case OPEN -> open(request.getOpen());
          case CREDIT -> grant(Integer.toUnsignedLong(request.getCredit().getMessages()));
          case SETTLE -> settle(request.getSettle());
          case ACTION_NOT_SET -> throw mistake("A request without an action.");
        }
      } catch (TernException mistake) {
        failed(mistake);
      }
    }
    goOn();
  }

  private void open(OpenConsume request) {
    if (wishes != null) {
      throw mistake("Only the first request opens the stream.");
    }
    Consuming.Wishes checked = consuming.check(request);
    wishes = checked;
    opening = true;
    var _ =
        consuming
            .find(caller, checked)
            .whenComplete((found, problem) -> home.execute(() -> opened(checked, found, problem)));
  }

  private void opened(
      Consuming.Wishes checked, @Nullable QueueDefinition found, @Nullable Throwable problem) {
    opening = false;
    if (found == null) {
      failed(Failures.told(problem == null ? new IllegalStateException("no answer") : problem));
      return;
    }
    ReceivePump opened = new ReceivePump(consuming, checked, found, caller, ports, this);
    pump = opened;
    held = new Extensions(checked, opened::queue, lane, ports, home, this::goOn);
    if (halfClosed || stopping || ended || failure != null) {
      opened.stop();
    }
    goOn();
  }

  private void grant(long messages) {
    requireOpen();
    credit = (int) Math.min(GrpcLimits.CONSUME_CREDIT, credit + messages);
  }

  private void settle(Settle settle) {
    requireOpen();
    if (settle.getAcknowledgedCount() + settle.getRejectedCount() > GrpcLimits.CONSUME_CREDIT) {
      throw mistake("One request settles " + GrpcLimits.CONSUME_CREDIT + " deliveries at most.");
    }
    for (long delivery : settle.getAcknowledgedList()) {
      end(delivery, -1);
    }
    for (NegativeAcknowledgement rejected : settle.getRejectedList()) {
      try {
        Consuming.checkSeconds("VisibleAfterSeconds", rejected.getVisibleAfterSeconds());
        end(rejected.getDelivery(), 1_000L * rejected.getVisibleAfterSeconds());
      } catch (TernException mistake) {
        answers.failed(rejected.getDelivery(), mistake);
      }
    }
  }

  /** Ends one delivery: deleted with -1, else visible after so many milliseconds. */
  private void end(long delivery, long visibleAfterMillis) {
    ReceivePump from = pump;
    Outstanding.Held message = held == null ? null : held.find(delivery);
    if (from == null || message == null || message.settling) {
      answers.notOutstanding(delivery);
      return;
    }
    message.settling = true;
    QueueDefinition queue = from.queue();
    Command command =
        visibleAfterMillis < 0
            ? new Command.DeleteMessage(queue.queue(), message.number, message.receiveCount)
            : new Command.ChangeVisibility(
                queue.queue(), message.number, message.receiveCount, visibleAfterMillis);
    lane.add(queue, command, true, error -> settled(message, error));
  }

  private void settled(Outstanding.Held message, @Nullable TernException error) {
    message.settling = false;
    if (error == null) {
      answers.done(message.delivery);
    } else {
      answers.failed(message.delivery, error);
    }
    Extensions outstanding = held;
    if (outstanding == null) {
      return;
    }
    // In doubt it stays outstanding, and may be settled once more.
    if (error != null && error.code() == ErrorCode.SERVICE_UNAVAILABLE) {
      outstanding.kept(message);
    } else {
      outstanding.settled(message);
    }
  }

  private void requireOpen() {
    if (wishes == null) {
      throw mistake("The first request must open the stream.");
    }
  }

  private static TernException mistake(String text) {
    return new TernException(ErrorCode.INVALID_PARAMETER_VALUE, text);
  }

  /** After every step: what it made possible. Reading comes last, for it may call us again. */
  private void goOn() {
    if (!ended && answers.isWaiting()) {
      call.sendMessage(answers.take());
    }
    if (pump != null) {
      pump.pump();
    }
    finish();
    boolean isOpen = !asked && !halfClosed && !ended && failure == null;
    if (isOpen && lane.size() < GrpcLimits.CONSUME_CREDIT && call.isReady()) {
      asked = true;
      call.request(1);
    }
  }

  @Override
  public int room() {
    return held == null ? 0 : Math.min(credit, held.room());
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void received(QueueDefinition queue, List<Consuming.Received> messages) {
    Extensions outstanding = held;
    if (outstanding == null) {
      return;
    }
    ConsumeResponse.Builder response = ConsumeResponse.newBuilder();
    int bytes = 0;
    for (Consuming.Received each : messages) {
      if (bytes > 0
          && bytes + each.message().getSerializedSize() > GrpcLimits.CONSUME_RESPONSE_BYTES) {
        call.sendMessage(response.build());
        response.clear();
        bytes = 0;
      }
      bytes += each.message().getSerializedSize();
      response.addDeliveries(
          Delivery.newBuilder()
              .setDelivery(outstanding.deliver(each.number(), each.receiveCount()))
              .setMessage(each.message()));
    }
    credit -= messages.size();
    call.sendMessage(response.build());
  }

  @Override
  public void cameTooLate(QueueDefinition queue, ReceivedMessages.Messages messages) {
    for (ReceivedMessages.Message message : messages.messages()) {
      lane.add(
          queue,
          new Command.ChangeVisibility(
              queue.queue(), message.delivery().number(), message.delivery().receiveCount(), 0),
          true,
          _ -> {});
    }
  }

  @Override
  public void queueReplaced() {
    if (held != null) {
      held.forget();
    }
  }

  @Override
  public void failed(TernException reason) {
    if (failure == null) {
      failure = reason;
    }
    stopPump();
    finish();
  }

  @Override
  public void drained() {
    goOn();
  }

  private void stopPump() {
    if (pump != null) {
      pump.stop();
    }
  }

  private void finish() {
    boolean isBusy = opening || lane.size() > 0 || (pump != null && !pump.isIdle());
    if (ended || isBusy) {
      return;
    }
    TernException reason = failure;
    if (reason != null) {
      end();
      GrpcErrors.close(call, reason);
    } else if (halfClosed) {
      end();
      call.close(Status.OK, new Metadata());
    } else if (stopping && (held == null || held.isEmpty())) {
      end();
      GrpcErrors.close(
          call, new TernException(ErrorCode.SERVICE_UNAVAILABLE, "The node is about to stop."));
    }
  }

  private void end() {
    ended = true;
    if (held != null) {
      held.close();
    }
    ports.streams().ended(this);
  }

  /** The consumer has enough: what it did not settle is for others, at once. */
  @Override
  public void onHalfClose() {
    halfClosed = true;
    stopPump();
    if (held != null && failure == null) {
      held.release();
    }
    goOn();
  }

  @Override
  public void onReady() {
    goOn();
  }

  /** A broken stream settles nothing: the consumer may still be at work. */
  @Override
  public void onCancel() {
    end();
    stopPump();
    gone.complete(null);
  }

  /** Messages stop, settlements still come, for as long as the node waits for its calls. */
  @Override
  public void nodeStops() {
    home.execute(() -> {
      stopping = true;
      stopPump();
      finish();
    });
  }
}
