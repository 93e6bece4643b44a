package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.node.routing.Deduplications;
import io.tern.proto.content.MessageContent;
import io.tern.protocols.MessageDigests;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages on their way into a queue: what each kind of queue asks of them and makes of them. */
class OutgoingTest {
  private static final String BODY_SHA256 =
      "ab530a13e45914982b79f9b7e3fba994cfd1f3fb22f71cea1afbf02b460c6d1d";
  private static final QueueDefinition STANDARD = Queues.standard(Map.of());
  private static final QueueDefinition FIFO = Queues.fifo(Map.of());
  private static final QueueDefinition BY_CONTENT =
      Queues.fifo(Map.of("ContentBasedDeduplication", "true"));

  private final Outgoing outgoing = new Outgoing(new MessageDigests());

  @Test
  void aFifoMessageHasItsGroupAndIsRememberedByItsId() {
    Outgoing.Message message = prepare(FIFO, parts(null, "g", "d"));

    Command.SendMessage command = command(message);
    assertThat(command.group()).isEqualTo("g");
    assertThat(command.deduplication())
        .isEqualTo(
            new Deduplications()
                .of(
                    false,
                    "g",
                    "d",
                    new MessageId(
                        message.id().getMostSignificantBits(),
                        message.id().getLeastSignificantBits())));
    assertThat(content(command).getDeduplicationId()).isEqualTo("d");
  }

  @Test
  void contentStandsForAMissingDeduplicationIdAndNotForAGivenOne() {
    assertThat(content(command(prepare(BY_CONTENT, parts(null, "g", null)))).getDeduplicationId())
        .isEqualTo(BODY_SHA256);
    assertThat(content(command(prepare(BY_CONTENT, parts(null, "g", "d")))).getDeduplicationId())
        .isEqualTo("d");
    assertThat(command(prepare(BY_CONTENT, parts(null, "g", null))).deduplication())
        .extracting(found -> found == null ? 0 : found.keyHigh())
        .isEqualTo(key(command(prepare(FIFO, parts(null, "other-group", BODY_SHA256)))));
  }

  private static long key(Command.SendMessage command) {
    return command.deduplication() == null ? 0 : command.deduplication().keyHigh();
  }

  @Test
  void theGroupCountsInTheScopeOfTheGroup() {
    QueueDefinition perGroup = Queues.fifo(Map.of("DeduplicationScope", "messageGroup"));

    assertThat(key(command(prepare(perGroup, parts(null, "a", "d")))))
        .isNotEqualTo(key(command(prepare(perGroup, parts(null, "b", "d")))));
    assertThat(key(command(prepare(FIFO, parts(null, "a", "d")))))
        .isEqualTo(key(command(prepare(FIFO, parts(null, "b", "d")))));
  }

  @Test
  void aFifoMessageIsAnsweredWithItsSequenceNumberAndARepeatedOneWithTheFirst() {
    Outgoing.Message message = prepare(FIFO, parts(null, "g", "d"));
    UUID first = new UUID(3, 4);

    assertThat(message.sent(new Reply.MessageAccepted(12)))
        .isEqualTo(new Outgoing.Sent(message.id().toString(), Optional.of("00000000000000000012")));
    assertThat(message.sent(new Reply.MessageRepeated(5, new MessageId(3, 4))))
        .isEqualTo(new Outgoing.Sent(first.toString(), Optional.of("00000000000000000005")));
    assertThatThrownBy(() -> message.sent(new Reply.Rejected(ErrorCode.QUEUE_DOES_NOT_EXIST, "")))
        .isInstanceOf(TernException.class);
    assertThat(Outgoing.sequenceNumber(Long.MAX_VALUE)).hasSize(20);
  }

  @Test
  void aStandardMessageMayHaveAGroupAndHasNoSequenceNumber() {
    Outgoing.Message message = prepare(STANDARD, parts(3, "g", null));

    Command.SendMessage command = command(message);
    assertThat(command.group()).isEqualTo("g");
    assertThat(command.deduplication()).isNull();
    assertThat(command.delayMillis()).isEqualTo(3_000);
    assertThat(message.sent(new Reply.MessageAccepted(12)).sequenceNumber()).isEmpty();
    assertThat(command(prepare(STANDARD, parts(null, null, null))).group()).isEmpty();
  }

  @Test
  void noDelayOfAMessageCancelsTheDelayOfAFifoQueue() {
    assertThat(command(prepare(BY_CONTENT, parts(0, "g", null))).delayMillis())
        .isEqualTo(Command.QUEUE_DEFAULT);
    refused(
        BY_CONTENT,
        parts(1, "g", null),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value 1 for parameter DelaySeconds is invalid. Reason: The request include parameter that"
            + " is not valid for this queue type.");
  }

  @Test
  void whatAFifoMessageLacks() {
    refused(
        BY_CONTENT,
        parts(null, null, null),
        ErrorCode.MISSING_PARAMETER,
        "The request must contain the parameter MessageGroupId.");
    refused(
        FIFO,
        parts(null, "g", null),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
            + " provided explicitly");
  }

  @Test
  void aStandardQueueTakesNoDeduplicationId() {
    refused(
        STANDARD,
        parts(null, null, "d"),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value d for parameter MessageDeduplicationId is invalid. Reason: The request include"
            + " parameter that is not valid for this queue type.");
    refused(
        STANDARD,
        parts(901, null, null),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <="
            + " 900.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "\u00e4", "a\n"})
  void idsAreAlphanumericOrPunctuation(String id) {
    String rule = " can only include alphanumeric and punctuation characters. 1 to 128 in length.";
    for (QueueDefinition queue : List.of(STANDARD, BY_CONTENT)) {
      refused(
          queue,
          parts(null, id, null),
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Value "
              + id
              + " for parameter MessageGroupId is invalid. Reason: MessageGroupId"
              + rule);
    }
    refused(
        FIFO,
        parts(null, "g", id),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value "
            + id
            + " for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId"
            + rule);
  }

  @Test
  void idsHave1To128Characters() {
    String punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    assertThat(command(prepare(FIFO, parts(null, punctuation, "d".repeat(128)))).group())
        .isEqualTo(punctuation);
    assertThatThrownBy(() -> prepare(FIFO, parts(null, "g", "d".repeat(129))))
        .isInstanceOf(TernException.class);
    assertThatThrownBy(() -> prepare(FIFO, parts(null, "g", ""))).isInstanceOf(TernException.class);
    assertThatThrownBy(() -> prepare(STANDARD, parts(null, "", null)))
        .isInstanceOf(TernException.class);
  }

  @Test
  void sizeIsFoundFaultWithBeforeCharacters() {
    QueueDefinition small = Queues.standard(Map.of("MaximumMessageSize", "1024"));
    refused(
        small,
        body("\u0000".repeat(1_025)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.");
    assertThatThrownBy(() -> prepare(small, body("\u20ac".repeat(342))))
        .isInstanceOf(TernException.class);
    assertThat(command(prepare(small, body("\u20ac".repeat(341))))).isNotNull();
    assertThatThrownBy(() -> prepare(small, body("\u0000")))
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.INVALID_MESSAGE_CONTENTS));
  }

  @Test
  void aFifoBatchFailsAsAWholeForWhatAnEntryLacks() {
    assertThatThrownBy(() ->
            SendChecks.checkBatchIds(
                BY_CONTENT, List.of(parts(null, "g", null), parts(null, null, null))))
        .hasMessage("The request must contain the parameter MessageGroupId.")
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    assertThatThrownBy(() ->
            SendChecks.checkBatchIds(FIFO, List.of(parts(null, "g", "d"), parts(null, "g", null))))
        .hasMessageStartingWith("The queue should either have ContentBasedDeduplication enabled");
    SendChecks.checkBatchIds(STANDARD, List.of(parts(null, null, null)));
  }

  @Test
  void theHeaderIsTheTraceUnlessAnAttributeIs() {
    Outgoing.Message message =
        outgoing.message(
            caller("Root=1-2"), STANDARD, parts(null, null, null), SendChecks.Way.ALONE);
    assertThat(content(command(message)).getTraceHeader()).isEqualTo("Root=1-2");
    Outgoing.Message odd =
        outgoing.message(
            caller("Root=\u00e4"), STANDARD, parts(null, null, null), SendChecks.Way.ALONE);
    assertThat(content(command(odd)).getTraceHeader()).isEmpty();
  }

  private void refused(QueueDefinition queue, Outgoing.Parts parts, ErrorCode code, String text) {
    assertThatThrownBy(() -> prepare(queue, parts))
        .hasMessage(text)
        .isInstanceOfSatisfying(
            TernException.class, mistake -> assertThat(mistake.code()).isEqualTo(code));
  }

  private Outgoing.Message prepare(QueueDefinition queue, Outgoing.Parts parts) {
    return outgoing.message(caller(null), queue, parts, SendChecks.Way.ALONE);
  }

  private static Caller caller(@Nullable String trace) {
    return new Caller(
        "AKID",
        "http://localhost",
        trace,
        "us-east-1",
        true,
        false,
        Runnable::run,
        new CompletableFuture<>());
  }

  private static Outgoing.Parts parts(
      @Nullable Integer delay, @Nullable String group, @Nullable String deduplicationId) {
    return new Outgoing.Parts("message", delay, Map.of(), Map.of(), group, deduplicationId);
  }

  private static Outgoing.Parts body(String body) {
    return new Outgoing.Parts(body, null, Map.of(), Map.of(), null, null);
  }

  private static Command.SendMessage command(Outgoing.Message message) {
    return message.command();
  }

  private static MessageContent content(Command.SendMessage command) {
    try {
      return MessageContent.parseFrom(command.content().array());
    } catch (InvalidProtocolBufferException damaged) {
      throw new AssertionError(damaged);
    }
  }
}
