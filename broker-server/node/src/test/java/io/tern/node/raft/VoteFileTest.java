package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No altered vote passes for a vote. */
class VoteFileTest {
  @TempDir Path folder;
  private VoteFile vote;

  @BeforeEach
  void write() throws IOException {
    vote = new VoteFile(folder);
    vote.write(41, "n2");
    assertThat(vote.damage()).isEmpty();
  }

  @Test
  void every_flipped_bit_is_noticed() throws IOException {
    byte[] sound = Files.readAllBytes(vote.path());
    for (int bit = 0; bit < sound.length * 8; bit++) {
      byte[] altered = sound.clone();
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(vote.path(), altered);
      assertThat(vote.damage()).as("bit %s", bit).isPresent();
    }
  }

  @Test
  void every_file_that_ends_early_is_noticed_while_it_has_a_checksum() throws IOException {
    byte[] sound = Files.readAllBytes(vote.path());
    Files.write(vote.path(), Arrays.copyOf(sound, sound.length - 3));
    assertThat(vote.damage()).isPresent();
    Files.write(vote.path(), new byte[0]);
    assertThat(vote.damage()).isPresent();
  }

  @Test
  void a_vote_of_an_earlier_version_has_no_checksum() throws IOException {
    Files.writeString(vote.path(), "#\n#Sat Nov 21 22:30:28 UTC 2026\nvotedFor=n1\nterm=3\n");
    assertThat(vote.damage()).isEmpty();
    Files.writeString(vote.path(), "#\nvotedFor=n1\n");
    assertThat(vote.damage()).isPresent();
    Files.writeString(vote.path(), "#\nvotedFor=n1\nterm=three\n");
    assertThat(vote.damage()).isPresent();
  }
}
