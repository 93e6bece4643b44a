package io.tern.chaos.mutation;

import io.tern.chaos.FileTrees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes the agent's jar of a mutation: its sources changed, compiled against the real jar. */
public final class MutantJar {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SERVER = ROOT.resolve("broker-server/node/target");

  private MutantJar() {}

  /** Writes it into a folder and tells its file name. */
  public static String write(Mutation mutation, Path folder) {
    String name = mutation.name().toLowerCase(java.util.Locale.ROOT) + ".jar";
    try {
      Path work = Files.createTempDirectory("tern-mutant");
      List<Path> sources = changed(mutation, work);
      Path classes = Files.createDirectories(work.resolve("classes"));
      compile(sources, classes);
      pack(classes, folder.resolve(name));
      FileTrees.delete(work);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> changed(Mutation mutation, Path work) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Mutation.Edit edit : mutation.edits()) {
      String text =
          texts.getOrDefault(edit.source(), Files.readString(ROOT.resolve(edit.source())));
      int at = text.indexOf(edit.original());
      if (at < 0 || text.indexOf(edit.original(), at + 1) >= 0) {
        throw new IllegalStateException(
            mutation + " is out of date: not once in " + edit.source() + ": " + edit.original());
      }
      texts.put(edit.source(), text.replace(edit.original(), edit.mutant()));
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path file = work.resolve(Objects.requireNonNull(Path.of(text.getKey()).getFileName()));
      files.add(Files.writeString(file, text.getValue()));
    }
    return files;
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    String classPath = SERVER.resolve("tern.jar") + ":" + jars(SERVER.resolve("lib"));
    List<String> options =
        List.of("-proc:none", "-nowarn", "-cp", classPath, "-d", classes.toString());
    var files = compiler.getStandardFileManager(null, null, null);
    boolean compiled =
        compiler
            .getTask(
                complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
            .call();
    if (!compiled) {
      throw new IllegalStateException("a mutant does not compile:\n" + complaints);
    }
  }

  private static String jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return String.join(":", files.map(Path::toString).toList());
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Premain-Class"), MutantAgent.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> all = Files.walk(classes)) {
      String agent = MutantAgent.class.getName().replace('.', '/') + ".class";
      out.putNextEntry(new JarEntry(agent));
      try (InputStream bytes = MutantAgent.class.getClassLoader().getResourceAsStream(agent)) {
        Objects.requireNonNull(bytes).transferTo(out);
      }
      for (Path mutant : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(MutantAgent.FOLDER + classes.relativize(mutant)));
        Files.copy(mutant, out);
      }
    }
  }
}
