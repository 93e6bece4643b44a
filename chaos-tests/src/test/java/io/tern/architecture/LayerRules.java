package io.tern.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Who may use whom. Made for {@link LayersTest}, which also shows that each rule can fail. */
final class LayerRules {

  /** The packages of a node from the top to the bottom; each may use those after it. */
  static final List<String> LINE =
      List.of("grpc", "edge", "sns", "api", "delivery", "routing", "leader", "raft");

  /** Packages of a node that all others may use and that use none of them. */
  static final List<String> FOR_ALL = List.of("config", "metrics");

  private LayerRules() {}

  /** No package of the line uses one above it, nor the wiring above all of them. */
  static List<ArchRule> noUpwardUse(String node) {
    List<ArchRule> rules = new ArrayList<>();
    List<String> above = new ArrayList<>(List.of(node));
    for (String name : LINE) {
      rules.add(mustNotUse(within(node + "." + name), above));
      above.add(within(node + "." + name));
    }
    for (String name : FOR_ALL) {
      rules.add(mustNotUse(within(node + "." + name), above));
    }
    return rules;
  }

  /** Classes of the package do not use those. */
  static ArchRule mustNotUse(String who, List<String> whom) {
    return noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(whom.toArray(String[]::new))
        .allowEmptyShould(true);
  }

  /** Classes of the package use nothing but those. */
  static ArchRule usesOnly(String who, List<String> whom) {
    return classes()
        .that()
        .resideInAPackage(who)
        .should()
        .onlyDependOnClassesThat(isPrimitive().or(resideInAnyPackage(whom.toArray(String[]::new))));
  }

  /** Only the homes use the library; a home is a package or the name of a class. */
  static ArchRule livesIn(List<String> library, List<String> homes) {
    return noClasses()
        .that(areNotOf(homes))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library.toArray(String[]::new));
  }

  /**
   * The packages below do not depend on each other in a circle. The package itself holds the words
   * they share and takes no part: its sealed types must name the records of the others.
   */
  static ArchRule noCycles(String packageName) {
    return slices().matching(packageName + ".(*)..").should().beFreeOfCycles();
  }

  /** The package and those below it. */
  static String within(String packageName) {
    return packageName + "..";
  }

  private static DescribedPredicate<JavaClass> areNotOf(List<String> homes) {
    return DescribedPredicate.describe(
        "are not of " + homes,
        type ->
            homes.stream()
                .noneMatch(home ->
                    resideInAnyPackage(home).test(type)
                        || type.getName().equals(home)
                        || type.getName().startsWith(home + "$")));
  }

  private static DescribedPredicate<JavaClass> isPrimitive() {
    return DescribedPredicate.describe(
        "are primitive", type -> type.getBaseComponentType().isPrimitive());
  }
}
