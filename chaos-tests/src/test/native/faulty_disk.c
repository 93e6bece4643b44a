// A disk with a volatile write cache, as one file of a FUSE file system; FaultyDisk.java drives it.
//
//   faulty_disk IMAGE MOUNTPOINT -f
//
// MOUNTPOINT/disk is the disk; a loop device over it carries a real file system. What is written to it
// stays in memory, in sectors of 512 bytes, until the disk is flushed. MOUNTPOINT/control takes one line and is
// then read for the answer:
//
//   cut SEED PERMILLE   the power fails: each sector in the cache reaches the image with that chance, the
//                       others are lost; from then on everything fails until `heal`
//   eio WRITES FLUSHES  so many in 1,000 of them fail with EIO
//   slow MILLIS         each flush waits so long first
//   full 0|1            writes fail with ENOSPC
//   lie 0|1             a flush says that it was done, and was not
//   hang 0|1            flushes wait until this is taken back
//   heal                no faults any more
//   status              counts
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SECTOR = 512, LINE = 256 };

struct sector {
  long number;
  long slot;  // where it stands in `dirty`
  unsigned char bytes[SECTOR];
};

static struct {
  int power_lost, full, lies, hangs;
  int failing_writes, failing_flushes;  // in 1,000
  long flush_millis;
} fault;

static int image;
static off_t size;
static struct sector **cached;  // by sector number; NULL when the image has the newest bytes
static struct sector **dirty;   // the same sectors, without gaps
static long dirty_count, write_count, flush_count;
static uint64_t chance = 1;
static char reply[LINE] = "ok\n";
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static uint64_t next(uint64_t *state) {
  uint64_t x = (*state += 0x9E3779B97F4A7C15ull);
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

static int fails(int permille) { return permille > 0 && (int)(next(&chance) % 1000) < permille; }

static struct sector *in_cache(long number) {
  struct sector *sector = cached[number];
  if (sector) return sector;
  sector = malloc(sizeof *sector);
  if (!sector) abort();
  sector->number = number;
  sector->slot = dirty_count;
  if (pread(image, sector->bytes, SECTOR, (off_t)number * SECTOR) < 0) memset(sector->bytes, 0, SECTOR);
  cached[number] = dirty[dirty_count++] = sector;
  return sector;
}

static void forget(struct sector *sector) {
  struct sector *last = dirty[--dirty_count];
  dirty[sector->slot] = last;
  last->slot = sector->slot;
  cached[sector->number] = NULL;
  free(sector);
}

static int persist(const struct sector *sector) {
  return pwrite(image, sector->bytes, SECTOR, (off_t)sector->number * SECTOR) == SECTOR ? 0 : -EIO;
}

static int persist_all(void) {
  while (dirty_count) {
    if (persist(dirty[dirty_count - 1])) return -EIO;
    forget(dirty[dirty_count - 1]);
  }
  return 0;
}

static void cut_power(uint64_t seed, long permille) {
  long kept = 0, all = dirty_count;
  while (dirty_count) {
    struct sector *sector = dirty[dirty_count - 1];
    // By its number, so that the order of the cache does not matter.
    uint64_t state = seed ^ (uint64_t)sector->number;
    if ((long)(next(&state) % 1000) < permille && persist(sector) == 0) kept++;
    forget(sector);
  }
  fault.power_lost = 1;
  snprintf(reply, LINE, "cut cached=%ld kept=%ld lost=%ld\n", all, kept, all - kept);
}

static void command(const char *line) {
  char word[16] = "";
  long a = 0, b = 0;
  sscanf(line, "%15s %ld %ld", word, &a, &b);
  strcpy(reply, "ok\n");
  if (!strcmp(word, "cut")) {
    cut_power((uint64_t)a, b);
  } else if (!strcmp(word, "eio")) {
    fault.failing_writes = (int)a;
    fault.failing_flushes = (int)b;
  } else if (!strcmp(word, "slow")) {
    fault.flush_millis = a;
  } else if (!strcmp(word, "full")) {
    fault.full = (int)a;
  } else if (!strcmp(word, "lie")) {
    fault.lies = (int)a;
  } else if (!strcmp(word, "hang")) {
    fault.hangs = (int)a;
  } else if (!strcmp(word, "heal")) {
    memset(&fault, 0, sizeof fault);
  } else if (!strcmp(word, "status")) {
    snprintf(reply, LINE, "cached=%ld writes=%ld flushes=%ld\n", dirty_count, write_count, flush_count);
  } else {
    strcpy(reply, "unknown\n");
  }
  pthread_cond_broadcast(&changed);
}

static int is_disk(const char *path) { return !strcmp(path, "/disk"); }
static int is_control(const char *path) { return !strcmp(path, "/control"); }

static int get_attributes(const char *path, struct stat *st, struct fuse_file_info *info) {
  (void)info;
  memset(st, 0, sizeof *st);
  if (!strcmp(path, "/")) {
    st->st_mode = S_IFDIR | 0755;
    st->st_nlink = 2;
    return 0;
  }
  if (!is_disk(path) && !is_control(path)) return -ENOENT;
  st->st_mode = S_IFREG | 0600;
  st->st_nlink = 1;
  st->st_size = is_disk(path) ? size : LINE;
  return 0;
}

static int list(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                enum fuse_readdir_flags flags) {
  (void)path, (void)offset, (void)info, (void)flags;
  fill(buffer, "disk", NULL, 0, 0);
  fill(buffer, "control", NULL, 0, 0);
  return 0;
}

static int open_file(const char *path, struct fuse_file_info *info) {
  (void)path;
  info->direct_io = 1;  // the kernel's cache would be a second one
  return 0;
}

static int truncate_file(const char *path, off_t length, struct fuse_file_info *info) {
  (void)path, (void)length, (void)info;
  return 0;
}

static int read_reply(char *buffer, size_t count, off_t offset) {
  size_t length = strlen(reply);
  if ((size_t)offset >= length) return 0;
  if (count > length - (size_t)offset) count = length - (size_t)offset;
  memcpy(buffer, reply + offset, count);
  return (int)count;
}

static int read_disk(char *buffer, size_t count, off_t offset) {
  if (fault.power_lost) return -EIO;
  ssize_t got = pread(image, buffer, count, offset);
  if (got <= 0 || !dirty_count) return (int)got;
  for (off_t at = offset; at < offset + got;) {
    off_t within = at % SECTOR;
    off_t length = SECTOR - within;
    if (length > offset + got - at) length = offset + got - at;
    struct sector *sector = cached[at / SECTOR];
    if (sector) memcpy(buffer + (at - offset), sector->bytes + within, (size_t)length);
    at += length;
  }
  return (int)got;
}

static int write_disk(const char *buffer, size_t count, off_t offset) {
  if (fault.power_lost || fails(fault.failing_writes)) return -EIO;
  if (fault.full) return -ENOSPC;
  if (offset < 0 || offset + (off_t)count > size) return -EINVAL;
  write_count++;
  for (size_t done = 0; done < count;) {
    off_t at = offset + (off_t)done;
    size_t within = (size_t)(at % SECTOR);
    size_t length = SECTOR - within < count - done ? SECTOR - within : count - done;
    memcpy(in_cache(at / SECTOR)->bytes + within, buffer + done, length);
    done += length;
  }
  return (int)count;
}

static int read_file(const char *path, char *buffer, size_t count, off_t offset, struct fuse_file_info *info) {
  (void)info;
  pthread_mutex_lock(&lock);
  int result = is_control(path) ? read_reply(buffer, count, offset) : read_disk(buffer, count, offset);
  pthread_mutex_unlock(&lock);
  return result;
}

static int write_file(const char *path, const char *buffer, size_t count, off_t offset, struct fuse_file_info *info) {
  (void)info;
  int result = (int)count;
  pthread_mutex_lock(&lock);
  if (is_control(path)) {
    char line[LINE];
    size_t length = count < LINE - 1 ? count : LINE - 1;
    memcpy(line, buffer, length);
    line[length] = 0;
    command(line);
  } else {
    result = write_disk(buffer, count, offset);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static int flush_disk(const char *path, int data_only, struct fuse_file_info *info) {
  (void)path, (void)data_only, (void)info;
  long millis = fault.flush_millis;
  if (millis > 0) nanosleep(&(struct timespec){millis / 1000, millis % 1000 * 1000000}, NULL);
  pthread_mutex_lock(&lock);
  while (fault.hangs) pthread_cond_wait(&changed, &lock);
  int result = 0;
  if (fault.power_lost || fails(fault.failing_flushes)) {
    result = -EIO;
  } else if (!fault.lies) {
    flush_count++;
    result = persist_all();
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static const struct fuse_operations operations = {
    .getattr = get_attributes,
    .readdir = list,
    .open = open_file,
    .truncate = truncate_file,
    .read = read_file,
    .write = write_file,
    .fsync = flush_disk,
};

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: faulty_disk IMAGE MOUNTPOINT [options of FUSE]\n");
    return 2;
  }
  image = open(words[1], O_RDWR);
  struct stat st;
  if (image < 0 || fstat(image, &st)) {
    perror(words[1]);
    return 1;
  }
  size = st.st_size;
  long sectors = size / SECTOR + 1;
  cached = calloc((size_t)sectors, sizeof *cached);
  dirty = calloc((size_t)sectors, sizeof *dirty);
  if (!cached || !dirty) return 1;
  words[1] = words[0];
  return fuse_main(count - 1, words + 1, &operations, NULL);
}
