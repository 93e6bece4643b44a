package io.tern.disk;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksObject;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * Every RocksDB option, and what all stores of a node share: block cache, memtable budget,
 * background threads. The node makes one and closes it after the last store.
 */
public final class RocksSettings implements AutoCloseable {
  private static final long KIBIBYTE = 1024;
  private static final long MEBIBYTE = 1024 * KIBIBYTE;

  /** Of tables that hold little: definitions, inbox, meta, image. */
  private static final long SMALL_MEMTABLE_BYTES = 2 * MEBIBYTE;

  /** A memtable with this many range deletes is flushed: each one slows the reads of its table. */
  private static final int MEMTABLE_RANGE_DELETES = 256;

  private static final int MEMTABLES_PER_TABLE = 4;

  /** Files one partition keeps open; others are opened when read. */
  private static final int OPEN_FILES = 512;

  private static final int BLOOM_BITS_PER_KEY = 10;

  /** A file in which 512 of 1,024 neighbouring rows are deletes, or half of all, is compacted. */
  private static final long DELETES_WINDOW = 1_024;

  private static final long DELETES_TRIGGER = 512;
  private static final double DELETES_RATIO = 0.5;

  private final RocksBudget budget;
  private final Cache blockCache;
  private final WriteBufferManager memtableBudget;
  private final DBOptions databaseOptions;
  private final Map<Table, ColumnFamilyOptions> tableOptions = new EnumMap<>(Table.class);
  private final ReadOptions readOptions;
  private final ReadOptions scanOptions;
  private final WriteOptions writeOptions;
  private final FlushOptions flushOptions;

  /** Loads the native library, once for the process. */
  public RocksSettings(RocksBudget budget) {
    RocksDB.loadLibrary();
    this.budget = budget;
    // The memtable budget is accounted for in the cache; both together are its size.
    blockCache = new LRUCache(budget.blockCacheBytes() + budget.memtableBytes());
    memtableBudget = new WriteBufferManager(budget.memtableBytes(), blockCache, false);
    databaseOptions = databaseOptions(budget.backgroundThreads());
    for (Table table : Table.values()) {
      tableOptions.put(table, tableOptions(table));
    }
    readOptions = new ReadOptions().setVerifyChecksums(true).setFillCache(true);
    scanOptions = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
    // The log is the truth until a checkpoint is; RocksDB's own log would only repeat it.
    writeOptions = new WriteOptions().setDisableWAL(true).setSync(false);
    flushOptions = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true);
  }

  private DBOptions databaseOptions(int backgroundThreads) {
    Env env = Env.getDefault();
    env.setBackgroundThreads(1, Priority.HIGH);
    env.setBackgroundThreads(backgroundThreads, Priority.LOW);
    return new DBOptions()
        .setEnv(env)
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxFileOpeningThreads(1)
        .setMaxBackgroundJobs(backgroundThreads + 1)
        .setMaxSubcompactions(1)
        .setBytesPerSync(MEBIBYTE)
        .setWriteBufferManager(memtableBudget)
        // One apply thread writes.
        .setAllowConcurrentMemtableWrite(false)
        .setEnablePipelinedWrite(false)
        .setAvoidFlushDuringShutdown(true)
        .setSkipStatsUpdateOnDbOpen(true)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setManifestPreallocationSize(64 * KIBIBYTE)
        .setMaxManifestFileSize(16 * MEBIBYTE)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MEBIBYTE)
        .setKeepLogFileNum(2);
  }

  private ColumnFamilyOptions tableOptions(Table table) {
    return switch (table) {
      case MESSAGES, BODIES -> common(true, budget.memtableBytesPerTable());
      case DELIVERIES -> common(true, budget.memtableBytesPerTable() / 2);
      // Whole messages pass through an outbox, but nobody looks for one that is not there.
      case OUTBOX, DEDUPLICATION -> common(false, budget.memtableBytesPerTable() / 2);
      case META, DEFINITIONS, TOPICS, SUBSCRIPTIONS, RESOURCES, INBOX, IMAGE ->
          common(false, SMALL_MEMTABLE_BYTES);
    };
  }

  private ColumnFamilyOptions common(boolean large, long memtableBytes) {
    ColumnFamilyOptions options = large ? collectingDeletes() : new ColumnFamilyOptions();
    BlockBasedTableConfig blocks =
        new BlockBasedTableConfig()
            .setBlockCache(blockCache)
            .setBlockSize((large ? 16 : 4) * KIBIBYTE)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    if (large) {
      blocks.setFilterPolicy(new BloomFilter(BLOOM_BITS_PER_KEY));
    }
    return options
        .setWriteBufferSize(memtableBytes)
        .setMaxWriteBufferNumber(MEMTABLES_PER_TABLE)
        .setMinWriteBufferNumberToMerge(1)
        .setArenaBlockSize(large ? MEBIBYTE : 64 * KIBIBYTE)
        .setMemtableMaxRangeDeletions(MEMTABLE_RANGE_DELETES)
        .setCompactionStyle(CompactionStyle.LEVEL)
        .setLevelCompactionDynamicLevelBytes(true)
        .setLevel0FileNumCompactionTrigger(4)
        .setTargetFileSizeBase(32 * MEBIBYTE)
        .setMaxBytesForLevelBase(128 * MEBIBYTE)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        // Level 0 plain: a flush is quicker, and files that do not overlap are merged on their way
        // down where RocksDB would else only rename them and keep thousands of small ones.
        .setCompressionPerLevel(
            List.of(CompressionType.NO_COMPRESSION, CompressionType.LZ4_COMPRESSION))
        .setTableFormatConfig(blocks);
  }

  /** Rows of a queue die in the order they came; without this their tombstones would pile up. */
  private static ColumnFamilyOptions collectingDeletes() {
    // Only Options can set a collector; a table's options take it over from there.
    try (Options options = new Options();
        TablePropertiesCollectorFactory collector =
            TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                DELETES_WINDOW, DELETES_TRIGGER, DELETES_RATIO)) {
      options.setTablePropertiesCollectorFactory(List.of(collector));
      return new ColumnFamilyOptions(options);
    }
  }

  /** Checkpoints up to this size are read and compared with their digests before they are used. */
  public long verifyAtOpenBytes() {
    return budget.verifyAtOpenBytes();
  }

  RocksBudget budget() {
    return budget;
  }

  DBOptions databaseOptions() {
    return databaseOptions;
  }

  ColumnFamilyOptions options(Table table) {
    ColumnFamilyOptions options = tableOptions.get(table);
    if (options == null) {
      throw new IllegalStateException("No options for " + table);
    }
    return options;
  }

  ReadOptions readOptions() {
    return readOptions;
  }

  ReadOptions scanOptions() {
    return scanOptions;
  }

  WriteOptions writeOptions() {
    return writeOptions;
  }

  FlushOptions flushOptions() {
    return flushOptions;
  }

  @Override
  public void close() {
    List.<RocksObject>of(flushOptions, writeOptions, scanOptions, readOptions)
        .forEach(RocksObject::close);
    tableOptions.values().forEach(RocksObject::close);
    List.<RocksObject>of(databaseOptions, memtableBudget, blockCache).forEach(RocksObject::close);
  }
}
