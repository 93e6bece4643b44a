package io.tern.disk;

import io.tern.proto.rows.GroupsChunk;
import io.tern.state.queue.Numbers;
import io.tern.state.queue.QueueImage.GroupImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Pieces of a queue's groups: many small groups share a piece, a large one goes on in the next.
 * Used by {@link IndexImage} and, to read them back, by {@link ImageReader}.
 */
final class GroupChunks {

  /** Takes the pieces in their order. */
  @FunctionalInterface
  interface ChunkSink {
    void put(byte[] chunk) throws RocksDBException;
  }

  private final List<GroupImage> groups = new ArrayList<>();
  private GrowingNumbers numbers = new GrowingNumbers();
  private String name = "";
  private long usedMillis;
  private long usedSlice;
  private boolean begun;
  private long messages;

  static void write(List<GroupImage> groups, ChunkSink sink) throws RocksDBException {
    GroupsChunk.Builder chunk = GroupsChunk.newBuilder();
    int inChunk = 0;
    long before = 0;
    for (GroupImage group : groups) {
      Numbers numbers = group.numbers();
      int place = 0;
      do {
        if (inChunk == IndexImage.CHUNK_ELEMENTS
            || chunk.getNameCount() == IndexImage.CHUNK_NAMED) {
          sink.put(chunk.build().toByteArray());
          chunk = GroupsChunk.newBuilder();
          inChunk = 0;
          before = 0;
        }
        int end = Math.min(numbers.size(), place + IndexImage.CHUNK_ELEMENTS - inChunk);
        chunk
            .addName(group.group())
            .addNumbers(end - place)
            .addUsedMillis(group.usedMillis())
            .addUsedSlice(group.usedSlice());
        inChunk += end - place;
        for (; place < end; place++) {
          chunk.addNumberDelta(numbers.get(place) - before);
          before = numbers.get(place);
        }
      } while (place < numbers.size());
    }
    if (chunk.getNameCount() > 0) {
      sink.put(chunk.build().toByteArray());
    }
  }

  /** Takes the next piece that was written. */
  void read(ByteBuffer bytes) {
    GroupsChunk chunk = RowCodec.parse(GroupsChunk.parser(), bytes, "groups chunk");
    int place = 0;
    long before = 0;
    for (int i = 0; i < chunk.getNameCount(); i++) {
      begin(chunk, i);
      int end = place + chunk.getNumbers(i);
      for (; place < end; place++) {
        before += chunk.getNumberDelta(place);
        numbers.add(before);
        messages++;
      }
    }
  }

  private void begin(GroupsChunk chunk, int group) {
    String next = chunk.getName(group);
    if (begun && next.equals(name)) {
      return;
    }
    finish();
    begun = true;
    name = next;
    usedMillis = chunk.getUsedMillis(group);
    usedSlice = chunk.getUsedSlice(group);
  }

  private void finish() {
    if (begun) {
      groups.add(new GroupImage(name, numbers.toNumbers(), usedMillis, usedSlice));
      numbers = new GrowingNumbers();
      begun = false;
    }
  }

  /** All groups, when nothing more comes. */
  List<GroupImage> groups() {
    finish();
    return groups;
  }

  /** The messages of all groups so far. */
  long messages() {
    return messages;
  }
}
