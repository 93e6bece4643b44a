package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whatever comes from elsewhere goes on where the caller is served. */
class CallerTest {
  private final Queue<Runnable> home = new ArrayDeque<>();
  private final Caller caller =
      new Caller(
          "somebody",
          "http://localhost",
          null,
          "us-east-1",
          true,
          false,
          home::add,
          new CompletableFuture<>());

  @Test
  void a_result_comes_home() {
    CompletableFuture<String> far = new CompletableFuture<>();
    CompletableFuture<String> near = caller.bringHome(far);
    far.complete("done");

    assertThat(near).isNotDone();
    home.remove().run();
    assertThat(near).isCompletedWithValue("done");
  }

  /** It was answered on the thread that had it, beside the event loop of its connection. */
  @Test
  void a_failure_comes_home_too() {
    CompletableFuture<String> far = new CompletableFuture<>();
    CompletableFuture<String> near = caller.bringHome(far);
    far.completeExceptionally(new IllegalStateException("lost"));

    assertThat(near).isNotDone();
    home.remove().run();
    assertThat(near).isCompletedExceptionally();
  }
}
