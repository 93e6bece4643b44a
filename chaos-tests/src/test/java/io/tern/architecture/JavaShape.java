package io.tern.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the tidy rules ask about a Java file: its types, methods and fields, as the compiler's own
 * parser sees them.
 */
record JavaShape(List<Type> types, List<Method> methods, List<String> fields) {

  /**
   * A declared type.
   *
   * @param topLevel false when it is nested in another
   * @param documented whether a doc comment stands before it
   */
  record Type(String name, boolean topLevel, boolean documented) {}

  /** A method or constructor with a body, and the lines of the body. */
  record Method(String name, int bodyLines) {}

  /** What a file has that is not Java. */
  static final JavaShape NONE = new JavaShape(List.of(), List.of(), List.of());

  static JavaShape of(SourceFile file) {
    return ofAll(List.of(file)).getOrDefault(file.path(), NONE);
  }

  /** Parses the Java files, by path, at once, which is much faster; nothing is resolved. */
  static Map<String, JavaShape> ofAll(List<SourceFile> files) {
    List<InMemory> sources =
        files.stream().filter(file -> file.extension().equals("java")).map(InMemory::new).toList();
    if (sources.isEmpty()) {
      return Map.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask)
            compiler.getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, sources);
    Map<String, JavaShape> shapes = new HashMap<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        JavaShape shape = new JavaShape(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        shape.new Scanner(Trees.instance(task), unit).scan(unit, null);
        shapes.put(unit.getSourceFile().toUri().getPath().substring(1), shape);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return shapes;
  }

  /** Collects while walking over the tree. */
  private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;

    Scanner(Trees trees, CompilationUnitTree unit) {
      this.trees = trees;
      this.unit = unit;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      // An anonymous class has no name.
      if (!tree.getSimpleName().isEmpty()) {
        boolean topLevel =
            getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
        boolean documented = trees.getDocComment(getCurrentPath()) != null;
        types.add(new Type(tree.getSimpleName().toString(), topLevel, documented));
      }
      return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      if (tree.getBody() != null) {
        SourcePositions positions = trees.getSourcePositions();
        LineMap lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, tree.getBody()));
        long last = lines.getLineNumber(positions.getEndPosition(unit, tree.getBody()));
        methods.add(new Method(tree.getName().toString(), (int) (last - first + 1)));
      }
      return super.visitMethod(tree, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
        fields.add(tree.getName().toString());
      }
      return super.visitVariable(tree, null);
    }
  }

  /** A file whose text is at hand. */
  private static final class InMemory extends SimpleJavaFileObject {
    private final String text;

    InMemory(SourceFile file) {
      super(uri(file), Kind.SOURCE);
      this.text = file.text();
    }

    private static URI uri(SourceFile file) {
      try {
        return new URI("memory", null, "/" + file.path(), null);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(file.path(), e);
      }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
