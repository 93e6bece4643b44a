package io.tern.conformance.sns;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What came back from {@link SnsHttp}, with just enough parsing to assert on it. */
record SnsAnswer(int status, HttpHeaders headers, String body) {
  static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
  private static final int SHOWN = 2_000;

  /** A header's only value, or the empty text. */
  String header(String name) {
    return String.join(", ", headers.allValues(name));
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

  /** The text of the only element of that name, wherever it stands. */
  String text(String element) {
    NodeList found = xml().getElementsByTagNameNS(NAMESPACE, element);
    if (found.getLength() != 1) {
      throw new AssertionError(found.getLength() + " elements " + element + " in " + this);
    }
    return found.item(0).getTextContent();
  }

  /** The names of the elements directly inside the only element of that name. */
  List<String> inside(String element) {
    // The document's, for the root may be meant.
    NodeList found = xml().getOwnerDocument().getElementsByTagNameNS(NAMESPACE, element);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      NodeList children = found.item(i).getChildNodes();
      for (int j = 0; j < children.getLength(); j++) {
        if (children.item(j).getNodeType() == Node.ELEMENT_NODE) {
          names.add(children.item(j).getLocalName());
        }
      }
    }
    return names;
  }

  @Override
  public String toString() {
    String start = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "...";
    return "HTTP " + status + " " + headers.map() + "\n" + start;
  }
}
