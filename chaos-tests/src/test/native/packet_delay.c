// Delays, loses and reorders the packets that iptables hands over to a queue; PacketDelay.java drives it.
// For kernels without netem.
//
//   packet_delay QUEUE SEED
//
// Standard input takes lines `DELAY_MILLIS JITTER_MILLIS LOSS_PERCENT REORDER`; REORDER 0 keeps the order
// of packets, 1 lets jitter change it. Each line is answered by one with counts. Ends at the end of its input.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_WAITING = 65536, SOCKET_BYTES = 16 << 20 };

struct packet {
  uint64_t due;
  uint32_t id;
};

static double delay_millis, jitter_millis, loss_percent;
static int reorder;
static struct packet waiting[MAX_WAITING];  // a heap, the next one due first
static int waiting_count;
static uint64_t latest;
static long seen, dropped, overtaken;

static uint64_t now_nanos(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static void swap(int a, int b) {
  struct packet packet = waiting[a];
  waiting[a] = waiting[b];
  waiting[b] = packet;
}

static void push(struct packet packet) {
  int at = waiting_count++;
  waiting[at] = packet;
  for (; at > 0 && waiting[(at - 1) / 2].due > waiting[at].due; at = (at - 1) / 2) swap(at, (at - 1) / 2);
}

static struct packet pop(void) {
  struct packet first = waiting[0];
  waiting[0] = waiting[--waiting_count];
  for (int at = 0;;) {
    int child = 2 * at + 1;
    if (child >= waiting_count) break;
    if (child + 1 < waiting_count && waiting[child + 1].due < waiting[child].due) child++;
    if (waiting[child].due >= waiting[at].due) break;
    swap(at, child);
    at = child;
  }
  return first;
}

static int take(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *data, void *unused) {
  (void)message, (void)unused;
  uint32_t id = ntohl(nfq_get_msg_packet_hdr(data)->packet_id);
  seen++;
  if (drand48() * 100 < loss_percent || waiting_count == MAX_WAITING) {
    dropped++;
    return nfq_set_verdict(queue, id, NF_DROP, 0, NULL);
  }
  double millis = delay_millis + jitter_millis * (2 * drand48() - 1);
  uint64_t due = now_nanos() + (uint64_t)((millis > 0 ? millis : 0) * 1e6);
  if (due >= latest) {
    latest = due;
  } else if (reorder) {
    overtaken++;
  } else {
    due = latest;
  }
  push((struct packet){due, id});
  return 0;
}

static void let_go(struct nfq_q_handle *queue) {
  uint64_t now = now_nanos();
  while (waiting_count && waiting[0].due <= now) nfq_set_verdict(queue, pop().id, NF_ACCEPT, 0, NULL);
}

// Returns 0 at the end of the input.
static int obey(void) {
  char line[256];
  ssize_t length = read(STDIN_FILENO, line, sizeof line - 1);
  if (length <= 0) return 0;
  line[length] = 0;
  double delay, jitter, loss;
  int order;
  if (sscanf(line, "%lf %lf %lf %d", &delay, &jitter, &loss, &order) == 4) {
    delay_millis = delay;
    jitter_millis = jitter;
    loss_percent = loss;
    reorder = order;
  }
  printf("seen=%ld dropped=%ld overtaken=%ld waiting=%d\n", seen, dropped, overtaken, waiting_count);
  fflush(stdout);
  return 1;
}

static void serve(struct nfq_handle *handle, struct nfq_q_handle *queue) {
  static char buffer[65536];
  int fd = nfq_fd(handle);
  struct pollfd polled[2] = {{fd, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
  for (;;) {
    struct timespec wait = {1, 0};
    if (waiting_count) {
      uint64_t now = now_nanos();
      uint64_t nanos = waiting[0].due > now ? waiting[0].due - now : 0;
      wait = (struct timespec){(time_t)(nanos / 1000000000), (long)(nanos % 1000000000)};
    }
    ppoll(polled, 2, &wait, NULL);
    if (polled[0].revents & POLLIN) {
      ssize_t length = recv(fd, buffer, sizeof buffer, 0);
      if (length > 0) nfq_handle_packet(handle, buffer, (int)length);
    }
    if (polled[1].revents && !obey()) return;
    let_go(queue);
  }
}

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: packet_delay QUEUE SEED\n");
    return 2;
  }
  srand48(atol(words[2]));
  struct nfq_handle *handle = nfq_open();
  struct nfq_q_handle *queue = handle ? nfq_create_queue(handle, (uint16_t)atoi(words[1]), take, NULL) : NULL;
  if (!queue) {
    perror("the kernel gives no packet queue");
    return 1;
  }
  nfq_set_mode(queue, NFQNL_COPY_META, 0);
  nfq_set_queue_maxlen(queue, MAX_WAITING);
  int bytes = SOCKET_BYTES, on = 1;
  setsockopt(nfq_fd(handle), SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
  setsockopt(nfq_fd(handle), SOL_NETLINK, NETLINK_NO_ENOBUFS, &on, sizeof on);
  printf("ready\n");
  fflush(stdout);
  serve(handle, queue);
  nfq_destroy_queue(queue);
  nfq_close(handle);
  return 0;
}
