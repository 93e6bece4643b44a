package io.tern.conformance;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** What came back from {@link SqsHttp}, with just enough parsing to assert on it. */
record HttpAnswer(int status, HttpHeaders headers, String body) {
  private static final int SHOWN = 2_000;
  private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

  /** A header's only value, or the empty text. */
  String header(String name) {
    return String.join(", ", headers.allValues(name));
  }

  JsonNode json() {
    if (body.isBlank()) {
      throw new AssertionError("no JSON: " + this);
    }
    try {
      return JsonNode.parser().parse(body);
    } catch (RuntimeException e) {
      throw new AssertionError("not JSON: " + this, e);
    }
  }

  /** The node under these names, one inside the other. */
  JsonNode jsonAt(String... names) {
    JsonNode node = json();
    for (String name : names) {
      node = node.field(name).orElseThrow(() -> new AssertionError("no " + name + " in " + this));
    }
    return node;
  }

  /** A text member of the JSON document's root, or the empty text. */
  String jsonText(String member) {
    return json().field(member).map(JsonNode::text).orElse("");
  }

  Element xml() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(body)))
          .getDocumentElement();
    } catch (SAXException | ParserConfigurationException e) {
      throw new AssertionError("not XML: " + this, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of all elements of that name, wherever they stand. */
  List<String> xmlTexts(String element) {
    NodeList found = xml().getElementsByTagNameNS(NAMESPACE, element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  /** The text of the only element of that name. */
  String xmlText(String element) {
    List<String> texts = xmlTexts(element);
    if (texts.size() != 1) {
      throw new AssertionError(texts.size() + " elements " + element + " in " + this);
    }
    return texts.getFirst();
  }

  @Override
  public String toString() {
    String start = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "...";
    return "HTTP " + status + " " + headers.map() + "\n" + start;
  }
}
