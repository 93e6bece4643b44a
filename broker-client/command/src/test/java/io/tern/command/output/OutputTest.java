package io.tern.command.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables, documents, streams of items and progress as they are printed. */
class OutputTest {
  private final StringWriter printed = new StringWriter();
  private final PrintWriter out = new PrintWriter(printed);

  @Test
  void numbersOfATableStandAtTheRightAndNoLineEndsInSpaces() {
    Table table =
        new Table(
            List.of("QUEUE", "READY", "NOTE"),
            List.of(List.of("orders", "5", "x"), List.of("a", "1200", "-")));
    assertThat(table.lines())
        .containsExactly("QUEUE   READY  NOTE", "orders      5  x", "a        1200  -");
  }

  @Test
  void aTableCountsCharactersAndNotUnits() {
    assertThat(new Table(List.of("A", "B"), List.of(List.of("\uD83C\uDF75", "x"))).lines())
        .containsExactly("A  B", "\uD83C\uDF75  x");
  }

  @Test
  void aRowMustFitItsHeadings() {
    assertThatThrownBy(() -> new Table(List.of("A"), List.of(List.of("1", "2"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void controlCharactersOfStrangersDoNotReachTheTerminal() {
    assertThat(Printable.text("a\u001B[2Jb\nc\td")).isEqualTo("a\uFFFD[2Jb\nc\td");
    assertThat(Printable.cell("a\nb")).isEqualTo("a\uFFFDb");
    assertThat(new Table(List.of("A"), List.of(List.of("x\u0007"))).lines())
        .containsExactly("A", "x\uFFFD");
  }

  @Test
  void aDocumentKeepsTheOrderOfItsFields() throws IOException {
    Value.Fields document =
        Value.fields()
            .with("name", "a \"b\"\n")
            .with("count", 3)
            .with("more", false)
            .with("tags", Value.sorted(Map.of("z", "1", "a", "2")))
            .with("list", Value.texts(List.of("x")));
    new Answer(List.of("for people"), document).print(OutputFormat.JSON, out);
    assertThat(printed.toString().strip())
        .isEqualTo(
            """
            {"name":"a \\"b\\"\\n","count":3,"more":false,"tags":{"a":"2","z":"1"},"list":["x"]}\
            """);
  }

  @Test
  void peopleGetTheLinesOnly() throws IOException {
    Answer.of(new Table(List.of("A"), List.of()), "nothing", Value.fields())
        .andLine("and that is all")
        .print(OutputFormat.TABLE, out);
    assertThat(printed.toString().lines()).containsExactly("nothing", "and that is all");
  }

  @Test
  void aStreamOfItemsIsOneDocument() throws IOException {
    ItemStream items =
        ItemStream.begin(OutputFormat.JSON, out, Value.fields().with("queue", "q"), "messages");
    items.item(List.of("line"), Value.fields().with("id", "1"));
    items.item(List.of("line"), Value.fields().with("id", "2"));
    items.end(List.of(), Value.fields().with("received", 2));
    assertThat(printed.toString().strip())
        .isEqualTo("{\"queue\":\"q\",\"messages\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"received\":2}");
  }

  @Test
  void aBarSaysHowFarItIs() {
    assertThat(ProgressBar.line("moved", 5, 20))
        .isEqualTo("[#######-----------------------]  25 %  moved 5 of 20");
    assertThat(ProgressBar.line("moved", 0, 0)).contains("  0 %").endsWith("0 of 0");
    assertThat(ProgressBar.line("moved", 7, 5)).contains("100 %").endsWith("7 of 7");
  }

  @Test
  void aBarIsForTerminalsOnly() {
    Console pipe = new Console(out, out, java.io.InputStream.nullInputStream(), () -> false);
    ProgressBar bar = ProgressBar.on(pipe);
    bar.show("moved", 1, 2);
    bar.end();
    assertThat(printed.toString()).isEmpty();
  }
}
