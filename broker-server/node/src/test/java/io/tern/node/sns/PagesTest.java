package io.tern.node.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists come a hundred at a time, and a token leads from one page to the next. */
class PagesTest {
  private final Pages pages = new Pages(Bytes.of(new byte[32]));

  @Test
  void pageAfterPageGivesEverythingOnce() {
    List<Integer> all = IntStream.range(1, 251).boxed().toList();
    List<Integer> shown = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String token = "";
    do {
      String after = pages.after(token);
      int from = after.isEmpty() ? 0 : Integer.parseInt(after);
      List<Integer> found =
          all.stream().filter(each -> each > from).limit(Pages.lookFor()).toList();
      List<String> next = new ArrayList<>();
      int before = shown.size();
      pages.show(found, String::valueOf, shown::add, next::add);
      sizes.add(shown.size() - before);
      token = next.isEmpty() ? "" : next.getFirst();
    } while (!token.isEmpty());

    assertThat(shown).isEqualTo(all);
    assertThat(sizes).containsExactly(100, 100, 50);
  }

  @Test
  void aTokenThatIsNotOursIsRefused() {
    assertThatThrownBy(() -> pages.after("bm90IG91cnM"))
        .isInstanceOf(TernException.class)
        .hasMessage("Invalid parameter: NextToken");
  }
}
