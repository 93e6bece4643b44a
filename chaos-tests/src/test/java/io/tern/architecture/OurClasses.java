package io.tern.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;

/** Reads the compiled classes that the rules look at. Used by the tests of this package. */
final class OurClasses {
  private static final String FIXTURES = "io.tern.architecture.fixture";

  /** Jars whose packages we share for the one class that replaces one of theirs. */
  private static final Pattern RATIS = Pattern.compile(".*/ratis-[^/]*\\.jar.*");

  private static final JavaClasses SHIPPED =
      read(
          new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
              .withImportOption(location -> !location.matches(RATIS)),
          "io.tern",
          "org.apache.ratis.util");

  private OurClasses() {}

  /** Everything the project ships, of every module. */
  static JavaClasses shipped() {
    return SHIPPED;
  }

  /** Classes that break each rule on purpose. */
  static JavaClasses fixtures() {
    return read(new ClassFileImporter(), FIXTURES);
  }

  /** The name of a package among the fixtures. */
  static String fixture(String name) {
    return FIXTURES + "." + name;
  }

  /** The rules ask for names only, so the classes of libraries need not be read. */
  private static JavaClasses read(ClassFileImporter importer, String... packages) {
    return ArchConfiguration.withThreadLocalScope(configuration -> {
      configuration.setResolveMissingDependenciesFromClassPath(false);
      return importer.importPackages(packages);
    });
  }
}
