package io.tern.disk;

import io.tern.disk.Keys.ImageList;
import io.tern.proto.rows.GroupPart;
import io.tern.proto.rows.GroupsChunk;
import io.tern.state.QueueId;
import io.tern.state.queue.Numbers;
import io.tern.state.queue.QueueImage.GroupImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * The groups of a queue in chunks of about one size, whether there are many groups of one message
 * or one group of a million: a group may go on in the next chunk. Used by {@link IndexImage} and
 * {@link ImageReader}.
 */
final class GroupChunks {
  private static final int CHUNK_NUMBERS = 16_384;
  private static final int CHUNK_GROUPS = 4_096;

  private final QueueId queue;
  private final IndexImage.RowSink sink;
  private GroupsChunk.Builder chunk = GroupsChunk.newBuilder();
  private int chunks;
  private int numbers;

  GroupChunks(QueueId queue, IndexImage.RowSink sink) {
    this.queue = queue;
    this.sink = sink;
  }

  void add(GroupImage group) throws RocksDBException {
    int next = 0;
    do {
      int end = Math.min(group.numbers().size(), next + CHUNK_NUMBERS - numbers);
      chunk.addGroups(part(group, next, end));
      numbers += end - next;
      next = end;
      if (numbers >= CHUNK_NUMBERS || chunk.getGroupsCount() >= CHUNK_GROUPS) {
        end();
      }
    } while (next < group.numbers().size());
  }

  /** Writes what is left. */
  void end() throws RocksDBException {
    if (chunk.getGroupsCount() > 0) {
      sink.put(Keys.imageChunk(queue, ImageList.GROUPS, chunks++), chunk.build().toByteArray());
      chunk = GroupsChunk.newBuilder();
      numbers = 0;
    }
  }

  private static GroupPart part(GroupImage group, int from, int end) {
    GroupPart.Builder part =
        GroupPart.newBuilder()
            .setGroup(group.group())
            .setUsedMillis(group.usedMillis())
            .setUsedSlice(group.usedSlice());
    long before = 0;
    for (int i = from; i < end; i++) {
      part.addNumberDelta(group.numbers().get(i) - before);
      before = group.numbers().get(i);
    }
    return part.build();
  }

  /** Reads a chunk; a group that goes on from the chunk before is joined. */
  static void read(ByteBuffer bytes, List<GroupImage> into) {
    GroupsChunk chunk = RowCodec.parse(GroupsChunk.parser(), bytes, "groups chunk");
    for (GroupPart part : chunk.getGroupsList()) {
      long[] numbers = new long[part.getNumberDeltaCount()];
      long number = 0;
      for (int i = 0; i < numbers.length; i++) {
        number += part.getNumberDelta(i);
        numbers[i] = number;
      }
      GroupImage read =
          new GroupImage(
              part.getGroup(), Numbers.of(numbers), part.getUsedMillis(), part.getUsedSlice());
      if (!into.isEmpty() && into.getLast().group().equals(read.group())) {
        into.set(into.size() - 1, joined(into.getLast(), read));
      } else {
        into.add(read);
      }
    }
  }

  private static GroupImage joined(GroupImage first, GroupImage rest) {
    List<Numbers> both = new ArrayList<>(List.of(first.numbers(), rest.numbers()));
    long[] numbers = new long[first.numbers().size() + rest.numbers().size()];
    int place = 0;
    for (Numbers some : both) {
      for (int i = 0; i < some.size(); i++) {
        numbers[place++] = some.get(i);
      }
    }
    return new GroupImage(
        first.group(), Numbers.of(numbers), first.usedMillis(), first.usedSlice());
  }
}
