package io.tern.disk;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.rows.CheckpointFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What a checkpoint is and which files belong to it; the file that makes a checkpoint complete.
 * Written by {@link PartitionStore}, checked before a checkpoint is used.
 */
public record CheckpointManifest(AppliedIndex applied, List<FileMark> files) {

  /** The file's name inside the checkpoint's directory. */
  public static final String FILE_NAME = "checkpoint.manifest";

  private static final int FORMAT = 1;
  private static final int BUFFER_BYTES = 256 * 1024;

  /**
   * One file of a checkpoint.
   *
   * @param digest CRC-32C of the content
   */
  public record FileMark(String name, long bytes, int digest) {

    /** Holds rows and never changes once written; RocksDB checks each of its blocks it reads. */
    boolean isTable() {
      return name.endsWith(".sst");
    }
  }

  /** Reads the manifest; throws {@link DamagedCheckpoint}. */
  public static CheckpointManifest read(Path checkpoint) {
    Path file = checkpoint.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new DamagedCheckpoint(file, "missing, the checkpoint is incomplete");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.remaining() < Integer.BYTES || bytes.getInt() != digest(bytes.duplicate())) {
        throw new DamagedCheckpoint(file, "its content is altered");
      }
      return of(file, io.tern.proto.rows.CheckpointManifest.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new DamagedCheckpoint(file, "its content is altered", e);
    } catch (IOException e) {
      throw new StorageFailure("Cannot read " + file + ".", e);
    }
  }

  private static CheckpointManifest of(Path file, io.tern.proto.rows.CheckpointManifest words) {
    if (words.getFormat() != FORMAT) {
      throw new DamagedCheckpoint(file, "its format " + words.getFormat() + " is not known here");
    }
    List<FileMark> files = new ArrayList<>(words.getFilesCount());
    for (CheckpointFile mark : words.getFilesList()) {
      if (!Path.of(mark.getName()).equals(Path.of(mark.getName()).getFileName())) {
        throw new DamagedCheckpoint(file, "it names a file elsewhere: " + mark.getName());
      }
      files.add(new FileMark(mark.getName(), mark.getBytes(), mark.getDigest()));
    }
    return new CheckpointManifest(new AppliedIndex(words.getTerm(), words.getIndex()), files);
  }

  /** Writes the manifest; the caller makes it durable. */
  void write(Path checkpoint) throws IOException {
    io.tern.proto.rows.CheckpointManifest.Builder words =
        io.tern.proto.rows.CheckpointManifest.newBuilder()
            .setFormat(FORMAT)
            .setTerm(applied.term())
            .setIndex(applied.index());
    for (FileMark file : files) {
      words.addFiles(
          CheckpointFile.newBuilder()
              .setName(file.name())
              .setBytes(file.bytes())
              .setDigest(file.digest()));
    }
    byte[] content = words.build().toByteArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + content.length)
            .putInt(digest(ByteBuffer.wrap(content)))
            .put(content);
    Files.write(checkpoint.resolve(FILE_NAME), bytes.array());
  }

  /**
   * Compares the manifest with the files and throws {@link DamagedCheckpoint} at the first
   * difference. Tables are read only if all files together are not larger than the limit.
   */
  public void verify(Path checkpoint, long readTablesUpToBytes) {
    long allBytes = 0;
    for (FileMark mark : files) {
      Path file = checkpoint.resolve(mark.name());
      if (!Files.isRegularFile(file)) {
        throw new DamagedCheckpoint(file, "missing");
      }
      long bytes = size(file);
      if (bytes != mark.bytes()) {
        throw new DamagedCheckpoint(file, bytes + " bytes long instead of " + mark.bytes());
      }
      allBytes += bytes;
    }
    for (FileMark mark : files) {
      if (!mark.isTable() || allBytes <= readTablesUpToBytes) {
        verifyDigest(checkpoint.resolve(mark.name()), mark);
      }
    }
  }

  private static void verifyDigest(Path file, FileMark mark) {
    try {
      if (digest(file) != mark.digest()) {
        throw new DamagedCheckpoint(file, "its content is altered");
      }
    } catch (IOException e) {
      throw new StorageFailure("Cannot read " + file + ".", e);
    }
  }

  /** The names in the directory besides the manifest, in order. */
  static List<String> namesIn(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(FILE_NAME))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  static int digest(Path file) throws IOException {
    CRC32C digest = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
        digest.update(buffer, 0, bytes);
      }
    }
    return (int) digest.getValue();
  }

  private static int digest(ByteBuffer bytes) {
    CRC32C digest = new CRC32C();
    digest.update(bytes);
    return (int) digest.getValue();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new StorageFailure("Cannot read the size of " + file + ".", e);
    }
  }
}
