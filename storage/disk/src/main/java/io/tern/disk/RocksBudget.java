package io.tern.disk;

/**
 * What RocksDB may use on this node, all partitions together. Read from the configuration.
 *
 * @param blockCacheBytes blocks of rows kept in memory
 * @param memtableBytes rows not yet in a file; at this limit the largest table is flushed
 * @param memtableBytesPerTable size at which one table of one partition is flushed
 * @param backgroundThreads for compaction; flushes have one more
 * @param verifyAtOpenBytes a checkpoint up to this size is read and compared with its digests
 *     before it is used; of a larger one only the files besides tables, and RocksDB checks each
 *     block it reads
 */
public record RocksBudget(
    long blockCacheBytes,
    long memtableBytes,
    long memtableBytesPerTable,
    int backgroundThreads,
    long verifyAtOpenBytes) {

  private static final long MEBIBYTE = 1024 * 1024;

  /** Fits a node of 2 GB with up to eight partitions. */
  public static final RocksBudget SMALL =
      new RocksBudget(128 * MEBIBYTE, 128 * MEBIBYTE, 24 * MEBIBYTE, 2, 256 * MEBIBYTE);
}
