package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.TopicChange;
import java.nio.ByteBuffer;

/**
 * Values of {@link Table#BODIES} to and from bytes, by hand: the same bytes as the generated class
 * would write. Used by {@link ChangeWriter} and {@link MessageReader}.
 */
final class BodyRowCodec {
  private static final String WHAT = "body";
  private static final int SENT = 1;
  private static final int RETENTION = 2;
  private static final int CONTENT = 3;

  /** Room the row needs at most. */
  static int bytes(TopicChange.BodyStored body) {
    return 2 * (1 + Long.BYTES) + 1 + RowCodec.MAX_VARINT_BYTES + body.content().size();
  }

  static void put(ByteBuffer out, TopicChange.BodyStored body) {
    RowCodec.putLong(out, SENT, body.sentMillis());
    RowCodec.putLong(out, RETENTION, body.retentionMillis());
    if (body.content().size() > 0) {
      RowCodec.putBytes(out, CONTENT, body.content().array());
    }
  }

  static StoredBody body(long number, ByteBuffer row) {
    ByteBuffer in = RowCodec.little(row);
    long sentMillis = RowCodec.takeLong(in, SENT, WHAT);
    RowCodec.takeLong(in, RETENTION, WHAT);
    Bytes content =
        RowCodec.isNext(in, CONTENT) ? Bytes.of(RowCodec.takeBytes(in, WHAT)) : Bytes.EMPTY;
    if (in.hasRemaining()) {
      throw new UnreadableBytes("A body row has " + in.remaining() + " bytes too many.");
    }
    return new StoredBody(number, sentMillis, content);
  }

  private BodyRowCodec() {}
}
