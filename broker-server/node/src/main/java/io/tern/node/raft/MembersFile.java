package io.tern.node.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ratis' file of the newest members, which has no checksum. The members are given at each start, so
 * a file that says anything else is removed. Used by {@link PartitionExam}.
 */
final class MembersFile {
  private static final Logger LOG = LoggerFactory.getLogger(MembersFile.class);

  private MembersFile() {}

  /** Removes the file unless it names exactly these. */
  static void check(Path current, Set<RaftPeer> members) throws IOException {
    Path file = current.resolve("raft-meta.conf");
    if (Files.exists(file) && !names(file, members)) {
      LOG.warn("Removed {}: it does not name the members of the cluster as they are given", file);
      Files.delete(file);
      FileTrees.force(current);
    }
  }

  private static boolean names(Path file, Set<RaftPeer> members) throws IOException {
    try {
      LogEntryProto entry = LogEntryProto.parseFrom(Files.readAllBytes(file));
      Set<String> named =
          entry.getConfigurationEntry().getPeersList().stream()
              .map(MembersFile::text)
              .collect(Collectors.toSet());
      return named.equals(
          members.stream()
              .map(member -> member.getId() + "=" + member.getAddress())
              .collect(Collectors.toSet()));
    } catch (InvalidProtocolBufferException altered) {
      return false;
    }
  }

  private static String text(RaftPeerProto peer) {
    return peer.getId().toStringUtf8() + "=" + peer.getAddress();
  }
}
