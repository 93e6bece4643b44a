package io.tern.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/**
 * What deterministic code must not touch, and where clocks and chance may enter. Made for {@link
 * PurityTest}, which also shows that each rule can fail.
 */
final class PurityRules {
  private static final String[] OUTSIDE_WORLD = {
    "java.io..",
    "java.lang.foreign..",
    "java.lang.reflect..",
    "java.net..",
    "java.nio.channels..",
    "java.nio.file..",
    "java.security..",
    "java.util.concurrent..",
    "java.util.logging..",
    "java.util.random.."
  };

  private static final Set<String> WORLDLY_TYPES =
      Set.of(
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.ScopedValue",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.ref.WeakReference",
          "java.util.Date",
          "java.util.IdentityHashMap",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.WeakHashMap");

  private static final Set<String> CHANCE =
      Set.of(
          "java.security.SecureRandom",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.concurrent.ThreadLocalRandom",
          "java.util.random.RandomGenerator");

  /** Types whose order, if they have one, the declaration does not show. */
  private static final Set<String> UNORDERED =
      Set.of("java.util.AbstractMap", "java.util.HashMap", "java.util.HashSet", "java.util.Map");

  private static final Set<String> LOOPS =
      Set.of("entrySet", "forEach", "iterator", "keySet", "replaceAll", "stream", "values");

  private static final Set<String> SORTS = Set.of("sort", "sorted");

  private PurityRules() {}

  /** The package touches no file, network, thread, or chance; threads exist outside it. */
  static ArchRule noOutsideWorld(String packageName) {
    return noClasses()
        .that()
        .resideInAPackage(packageName)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(OUTSIDE_WORLD).or(named("are of the outside world", WORLDLY_TYPES)));
  }

  /** Of {@code System} the package uses what gives the same result everywhere. */
  static ArchRule noSystem(String packageName) {
    return noClasses()
        .that()
        .resideInAPackage(packageName)
        .should()
        .accessTargetWhere(
            access(
                "ask the system",
                (owner, name) -> owner.equals("java.lang.System") && !name.equals("arraycopy")));
  }

  /** Only the homes read a clock, named classes with what is nested in them. */
  static ArchRule clocksOnlyIn(String packageName, List<String> homes) {
    return noClasses()
        .that(areOf(packageName, homes))
        .should()
        .accessTargetWhere(access("read a clock", PurityRules::readsClock));
  }

  /** Only the homes use chance. */
  static ArchRule chanceOnlyIn(String packageName, List<String> homes) {
    return noClasses()
        .that(areOf(packageName, homes))
        .should()
        .accessTargetWhere(access("use chance", PurityRules::usesChance));
  }

  /**
   * No result follows the order of a hash table: a method loops over a map only if its declared
   * type has an order, or if the method sorts what it took from it. A set made for looping is not a
   * {@code HashSet}, and no collector makes hash tables. What this cannot see is a loop over a
   * {@code Set} that {@code Set.of} made.
   */
  static ArchRule noHashOrder(String packageName) {
    return noClasses()
        .that()
        .resideInAPackage(packageName)
        .should(loopInHashOrder())
        .orShould()
        .accessTargetWhere(access("make a set or map without order", PurityRules::makesUnordered));
  }

  private static boolean readsClock(String owner, String name) {
    return (owner.equals("java.lang.System")
            && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
        || (owner.startsWith("java.time.") && name.equals("now"))
        || owner.equals("java.time.Clock")
        || (owner.equals("java.util.Date") && name.equals("<init>"));
  }

  private static boolean usesChance(String owner, String name) {
    return CHANCE.contains(owner)
        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
        || ((owner.equals("java.lang.Math") || owner.equals("java.lang.StrictMath"))
            && name.equals("random"))
        || (owner.equals("java.util.Collections") && name.equals("shuffle"));
  }

  private static boolean makesUnordered(String owner, String name) {
    return (owner.equals("java.util.HashSet") && name.equals("<init>"))
        || (owner.equals("java.util.stream.Collectors")
            && (name.equals("toSet") || name.equals("toMap") || name.startsWith("groupingBy")));
  }

  private static ArchCondition<JavaClass> loopInHashOrder() {
    return new ArchCondition<>("loop in the order of a hash table") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          boolean sorts =
              unit.getMethodCallsFromSelf().stream()
                  .anyMatch(call -> SORTS.contains(call.getName()));
          unit.getAccessesFromSelf().stream()
              .filter(PurityRules::loops)
              .forEach(access ->
                  events.add(new SimpleConditionEvent(access, !sorts, access.getDescription())));
        }
      }
    };
  }

  private static boolean loops(JavaAccess<?> access) {
    return UNORDERED.contains(access.getTargetOwner().getName())
        && LOOPS.contains(access.getName());
  }

  private static DescribedPredicate<JavaClass> areOf(String packageName, List<String> homes) {
    return DescribedPredicate.describe(
        "are of " + packageName + " but not " + homes,
        type ->
            resideInAnyPackage(packageName).test(type)
                && homes.stream()
                    .noneMatch(home ->
                        type.getName().equals(home) || type.getName().startsWith(home + "$")));
  }

  private static DescribedPredicate<JavaClass> named(String description, Set<String> names) {
    return DescribedPredicate.describe(description, type -> names.contains(type.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> access(String description, Target wanted) {
    return DescribedPredicate.describe(
        description,
        access -> {
          AccessTarget target = access.getTarget();
          return wanted.is(target.getOwner().getName(), target.getName());
        });
  }

  /** Whether a member of a class is one that a rule looks for. */
  @FunctionalInterface
  private interface Target {
    boolean is(String owner, String name);
  }
}
