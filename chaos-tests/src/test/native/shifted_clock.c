// Preloaded into a node: shifts its wall clock and lets it run too fast or too slow. ShiftedClock.java drives it.
//
// The file named by TERN_CLOCK is mapped; it holds three 64-bit numbers in the machine's byte order:
//   0  nanoseconds added to the wall clock
//   1  drift in parts per million, counted from the moment in number 2
//   2  monotonic nanoseconds
// Only the wall clock moves. A shifted monotonic clock would break the waits of the runtime's own locks,
// which real machines do not do.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t none[3];
static const volatile int64_t *shift = none;

__attribute__((constructor)) static void map_control(void) {
  const char *path = getenv("TERN_CLOCK");
  int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof none, PROT_READ, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) shift = mapped;
  close(fd);
}

static int64_t nanos(const struct timespec *time) { return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec; }

static int64_t shift_nanos(void) {
  int64_t drift = shift[1];
  if (!drift) return shift[0];
  struct timespec now;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  return shift[0] + (nanos(&now) - shift[2]) / 1000000 * drift;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = (int)syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    int64_t shifted = nanos(time) + shift_nanos();
    time->tv_sec = (time_t)(shifted / 1000000000);
    time->tv_nsec = (long)(shifted % 1000000000);
  }
  return result;
}

int gettimeofday(struct timeval *restrict value, void *restrict zone) {
  (void)zone;
  struct timespec time;
  int result = clock_gettime(CLOCK_REALTIME, &time);
  if (result == 0) *value = (struct timeval){time.tv_sec, time.tv_nsec / 1000};
  return result;
}

time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}
