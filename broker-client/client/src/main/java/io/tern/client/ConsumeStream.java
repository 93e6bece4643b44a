package io.tern.client;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tern.proto.messaging.ConsumeRequest;
import io.tern.proto.messaging.ConsumeResponse;
import io.tern.proto.messaging.Credit;
import io.tern.proto.messaging.MessagingGrpc;
import io.tern.proto.messaging.OpenConsume;
import io.tern.proto.messaging.Settle;
import org.jspecify.annotations.Nullable;

/**
 * One Consume stream with its credit and its settlements. {@link ConsumeFlow} opens it, and holds
 * its own lock whenever it calls.
 */
final class ConsumeStream {
  private final long number;
  private final String address;
  private final ClientCallStreamObserver<ConsumeRequest> requests;
  private final CreditWindow window;
  private final Settlements settlements = new Settlements();
  private boolean finished;

  /** Who is told; calls come from gRPC's threads, one after another. */
  interface Listener {
    void onAnswer(ConsumeResponse answer);

    /** The stream is over; null when the server ended it in good order. */
    void onEnd(@Nullable Throwable failure);
  }

  private ConsumeStream(
      long number,
      String address,
      ClientCallStreamObserver<ConsumeRequest> requests,
      CreditWindow window) {
    this.number = number;
    this.address = address;
    this.requests = requests;
    this.window = window;
  }

  static ConsumeStream open(
      long number,
      String address,
      Channel channel,
      OpenConsume open,
      CreditWindow window,
      Listener listener) {
    var requests =
        (ClientCallStreamObserver<ConsumeRequest>)
            MessagingGrpc.newStub(channel).consume(new Answers(listener));
    requests.onNext(ConsumeRequest.newBuilder().setOpen(open).build());
    return new ConsumeStream(number, address, requests, window);
  }

  long number() {
    return number;
  }

  String address() {
    return address;
  }

  CreditWindow window() {
    return window;
  }

  Settlements settlements() {
    return settlements;
  }

  /** Gives credit as far as the window has room. */
  void giveCredit(int elsewhere) {
    int gift = finished ? 0 : window.gift(elsewhere);
    if (gift > 0) {
      requests.onNext(
          ConsumeRequest.newBuilder().setCredit(Credit.newBuilder().setMessages(gift)).build());
    }
  }

  /** Asks for what was gathered, as far as requests may be on their way. */
  void askSettlements() {
    Settle settle = finished ? null : settlements.nextRequest();
    while (settle != null) {
      requests.onNext(ConsumeRequest.newBuilder().setSettle(settle).build());
      settle = settlements.nextRequest();
    }
  }

  /** Half-closes: the server releases what is not settled, and ends the stream. */
  void finish() {
    if (!finished) {
      finished = true;
      requests.onCompleted();
    }
  }

  void cancel(String reason) {
    finished = true;
    requests.cancel(reason, null);
  }

  private record Answers(Listener listener) implements StreamObserver<ConsumeResponse> {
    @Override
    public void onNext(ConsumeResponse answer) {
      listener.onAnswer(answer);
    }

    @Override
    public void onError(Throwable failure) {
      listener.onEnd(failure);
    }

    @Override
    public void onCompleted() {
      listener.onEnd(null);
    }
  }
}
