package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs as subscribers write them. */
class WebAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://a.example, false, a.example, 80, /, a.example",
    "HTTPS://a.example/x?y=1#z, true, a.example, 443, /x?y=1, a.example",
    "http://my_service:8080/in, false, my_service, 8080, /in, my_service:8080",
    "http://[2001:db8::1]:81?q, false, 2001:db8::1, 81, /?q, [2001:db8::1]:81",
    "https://a.example:443/a b, true, a.example, 443, /a%20b, a.example",
  })
  void aUrlHasItsParts(
      String url, boolean secure, String host, int port, String target, String authority) {
    WebAddress found = WebAddress.parse(url).orElseThrow();

    assertThat(found).isEqualTo(new WebAddress(secure, host, port, target, ""));
    assertThat(found.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://a",
        "http://",
        "http:///x",
        "http://a:0/",
        "http://a:99999/",
        "http://a b/",
        "http://a@b@c/",
        "//a/",
        "http://a\r\nX: y/",
        "file:///etc/passwd",
        "http://[::1",
        "http://é/"
      })
  void anythingElseIsNone(String text) {
    assertThat(WebAddress.parse(text)).isEmpty();
  }

  @Test
  void userAndPasswordAreSentAsBasicAndNotShown() {
    String url = "https://us%40er:p%3Ass+1@a.example/x:y@z";

    assertThat(WebAddress.parse(url).orElseThrow().basicAuthorization())
        .isEqualTo("Basic dXNAZXI6cDpzcysx");
    assertThat(WebAddress.masked(url)).isEqualTo("https://us%40er:****@a.example/x:y@z");
    assertThat(WebAddress.masked("https://a.example/x:y@z")).isEqualTo("https://a.example/x:y@z");
  }

  @Test
  void nothingInThePathCanEndARequestLine() {
    assertThat(WebAddress.parse("http://a/x\r\nHost: b").orElseThrow().target())
        .isEqualTo("/x%0D%0AHost:%20b");
  }
}
