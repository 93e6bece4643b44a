package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and answers as SDKs and AWS write them, one file each. */
class WireExchangeTest {
  private static final String REQUEST_ID = "66916324-67ca-54bb-a410-3f567a7a0571";

  private final WireCodec codec = new WireCodec(OperationTable.sqs(), OperationTable.sns());

  static List<Path> files() throws IOException {
    Path folder = Path.of("src/test/resources/io/tern/protocols/exchanges");
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void meansWhatTheFileSays(Path file) throws TextFormat.ParseException {
    WireExchange exchange = WireExchange.read(file);

    Decoded decoded = codec.decode(exchange.request());

    assertThat(file.getFileName().toString()).startsWith(decoded.operation().name());
    Operation operation = decoded.operation();
    assertThat(decoded.request())
        .isEqualTo(parsed(exchange.requestMessage(), operation.requestPrototype()));
    Message answer = parsed(exchange.responseMessage(), operation.responsePrototype());
    assertThat(WireExchange.text(codec.render(decoded, answer, REQUEST_ID)))
        .isEqualTo(exchange.expectedResponse());
  }

  private static Message parsed(String text, Message prototype) throws TextFormat.ParseException {
    Message.Builder message = prototype.newBuilderForType();
    TextFormat.merge(text, message);
    return message.build();
  }
}
