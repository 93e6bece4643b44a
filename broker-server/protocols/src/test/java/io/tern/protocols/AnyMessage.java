package io.tern.protocols;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tern.protocols.ShapePlan.Member;
import java.util.Random;

/** Fills messages of any shape with random content, for properties over all operations. */
final class AnyMessage {
  private static final int[] CODE_POINTS = {
    'a', 'Z', '0', '.', '+', '%', '&', '=', '"', '\\', '<', ' ', '\n', '\r', 0, 0x7f, 0xe9, 0x20ac,
    0xfffd, 0x1f600
  };

  private final Random random;

  AnyMessage(long seed) {
    this.random = new Random(seed);
  }

  Message of(Message prototype, ShapePlan plan) {
    Message.Builder message = prototype.newBuilderForType();
    fill(message, plan);
    return message.build();
  }

  private void fill(Message.Builder message, ShapePlan plan) {
    for (Member member : plan.members()) {
      switch (member.arity()) {
        case SINGLE -> {
          if (random.nextInt(4) > 0) {
            message.setField(member.field(), value(member, message));
          }
        }
        case LIST -> {
          for (int i = random.nextInt(13); i > 0; i--) {
            message.addRepeatedField(member.field(), value(member, message));
          }
        }
        case MAP -> {
          for (int i = random.nextInt(4); i > 0; i--) {
            Message.Builder entry = message.newBuilderForField(member.field());
            Object value =
                member.form() == ShapePlan.Form.SHAPE
                    ? shape(member, entry.newBuilderForField(member.mapValue()))
                    : text();
            entry.setField(member.mapKey(), i + text()).setField(member.mapValue(), value);
            message.addRepeatedField(member.field(), entry.build());
          }
        }
      }
    }
  }

  private Object value(Member member, Message.Builder owner) {
    return switch (member.form()) {
      case TEXT -> text();
      case INTEGER -> random.nextInt();
      case LONG -> random.nextLong();
      case BOOLEAN -> random.nextBoolean();
      case BLOB -> blob();
      case SHAPE -> shape(member, owner.newBuilderForField(member.field()));
    };
  }

  /** The first member is always set: Query cannot say that an element is there and empty. */
  private Message shape(Member member, Message.Builder message) {
    fill(message, member.shape());
    Member first = member.shape().members().getFirst();
    return message.setField(first.field(), value(first, message)).build();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return text.toString();
  }

  private ByteString blob() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
