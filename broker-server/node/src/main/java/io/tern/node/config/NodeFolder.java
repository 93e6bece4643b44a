package io.tern.node.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * The node's data folder: locked while the node runs, and marked with whose it is, so that no other
 * node, no second process and no newer format is served from it by mistake.
 */
public final class NodeFolder implements AutoCloseable {
  private static final String FORMAT = "1";

  private final FileChannel channel;
  private final FileLock lock;
  private final int dataPartitions;

  private NodeFolder(FileChannel channel, FileLock lock, int dataPartitions) {
    this.channel = channel;
    this.lock = lock;
    this.dataPartitions = dataPartitions;
  }

  /**
   * Opens the folder, making it on the first start.
   *
   * @throws IOException with one clear line when the folder is not this node's to use
   */
  public static NodeFolder open(TernConfig config) throws IOException {
    Path folder = config.dataDirectory();
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException("another process uses the data folder " + folder);
    }
    Path marks = folder.resolve("node.properties");
    if (!Files.exists(marks)) {
      write(folder, marks, config);
    }
    return new NodeFolder(channel, lock, check(read(marks), config));
  }

  /** Data partitions of the cluster, fixed at its first start. */
  public int dataPartitions() {
    return dataPartitions;
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }

  private static int check(Properties marks, TernConfig config) throws IOException {
    if (!FORMAT.equals(marks.getProperty("format"))) {
      throw new IOException(
          "the data folder has format "
              + marks.getProperty("format")
              + ", this version reads format "
              + FORMAT);
    }
    if (!config.nodeId().equals(marks.getProperty("node"))) {
      throw new IOException(
          "the data folder belongs to node "
              + marks.getProperty("node")
              + ", not to "
              + config.nodeId());
    }
    try {
      return Integer.parseInt(marks.getProperty("data-partitions", ""));
    } catch (NumberFormatException damaged) {
      throw new IOException("node.properties of the data folder is damaged", damaged);
    }
  }

  private static Properties read(Path marks) throws IOException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(marks)) {
      read.load(reader);
    }
    return read;
  }

  private static void write(Path folder, Path marks, TernConfig config) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("format", FORMAT);
    properties.setProperty("node", config.nodeId());
    properties.setProperty("data-partitions", Integer.toString(config.dataPartitions()));
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Path fresh = folder.resolve("node.properties.new");
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var _ = file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1)));
      file.force(true);
    }
    Files.move(fresh, marks, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
