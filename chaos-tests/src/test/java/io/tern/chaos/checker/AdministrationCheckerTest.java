package io.tern.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What no order of calls can explain is seen. */
class AdministrationCheckerTest {
  private static final String GONE = "AWS.SimpleQueueService.NonExistentQueue";
  private static final String EXISTS = "QueueAlreadyExists: another value of an attribute";

  private final AdministrationChecker checker = new AdministrationChecker();
  private final HistoryScript script = new HistoryScript();

  @Test
  void oneAfterTheOther() {
    create("1").read("1").set("2").read("2").delete().read(null).green();
  }

  @Test
  void aStaleReadIsSeen() {
    create("1").set("2").read("1").red("no order takes in operation 3");
  }

  @Test
  void aValueThatNobodySetIsSeen() {
    create("1").read("7").red("operation 2");
  }

  @Test
  void aReadOfWhatIsGoneIsSeen() {
    create("1").delete().read("1").red("operation 3");
  }

  @Test
  void notFindingWhatIsThereIsSeen() {
    create("1").read(null).red("operation 2");
  }

  @Test
  void aRefusalForWantOfTheQueueIsARead() {
    script.refused(GONE);
    set("1").create("1").green();
    script.refused(GONE);
    set("2").red("operation 3");
  }

  @Test
  void creatingAgainWithTheSameIsFine() {
    create("1").create("1").read("1").green();
  }

  @Test
  void creatingAgainWithAnotherMustBeRefused() {
    create("1").create("2").red("operation 2");
  }

  @Test
  void aRefusalForADifferenceIsARead() {
    create("1");
    script.refused(EXISTS);
    create("2").green();
    script.refused(EXISTS);
    create("1").red("operation 3");
  }

  @Test
  void deletingWhatIsGoneIsSeen() {
    create("1").delete().delete().red("operation 3");
  }

  @Test
  void callsAtTheSameTimeHaveEitherOrder() {
    create("1");
    script.at(2_000).lasting(100);
    set("2");
    script.at(2_050).lasting(100);
    set("3");
    script.at(3_000);
    read("2").green();
  }

  @Test
  void notTwoOrdersAtOnce() {
    create("1");
    script.at(2_000).lasting(100);
    set("2");
    script.at(2_050).lasting(100);
    set("3");
    script.at(3_000);
    read("2").read("3").red("operation 5");
  }

  @Test
  void aSetInDoubtMayComeLaterOrNever() {
    create("1");
    script.inDoubt();
    set("2").read("1").read("1").green();
    read("2").read("2").green();
  }

  @Test
  void aSetInDoubtDoesNotComeTwice() {
    create("1");
    script.inDoubt();
    set("2").read("2").set("3").read("2").red("operation 5");
  }

  @Test
  void aRefusedSetMustNotCome() {
    create("1");
    script.refused("400 InvalidAttributeValue");
    set("2").read("2").red("operation 3");
  }

  @Test
  void aDeleteInDoubtMayComeLater() {
    create("1");
    script.inDoubt();
    delete().read("1").read(null).green();
  }

  @Test
  void aCreateInDoubtMayComeLaterOnce() {
    script.inDoubt();
    create("1").read(null).read("1").delete().read(null).green();
    read("1").red("operation 6");
  }

  @Test
  void aDefaultIsWhateverItIsButKeepsToIt() {
    script.call(new Call.CreateQueue("q", Map.of()));
    read("30").set("5").read("5").green();
    script.call(new Call.CreateQueue("r", Map.of()));
    script.call(new Call.GetAttribute("r", "V"), new Answer.Value("30"));
    script.call(new Call.SetAttribute("r", "V", "5"));
    script.call(new Call.GetAttribute("r", "V"), new Answer.Value("30"));
    red("r; no order takes in operation 8");
  }

  @Test
  void countsOfMessagesAreNotJudged() {
    create("1");
    script.call(new Call.GetAttribute("q", "Count"), new Answer.Value("1"));
    script.call(new Call.GetAttribute("q", "Count"), new Answer.Value("2"));
    green();
  }

  @Test
  void aQueueFromBeforeIsThere() {
    script.standard("q");
    read("30").set("1").read("1").green();
  }

  @Test
  void topicsMayBeMadeAndDeletedAgainAndAgain() {
    script.call(new Call.CreateTopic("q")).call(new Call.CreateTopic("q"));
    script.call(new Call.DeleteTopic("q")).call(new Call.DeleteTopic("q"));
    read(null).green();
    read("x").red("operation 6");
  }

  /** The deletion found nothing, or what was made meanwhile. Found by the first runs. */
  @Test
  void aDeletionBesideACreationMayTakeEffectAfterIt() {
    script.at(2_000).lasting(500).call(new Call.DeleteTopic("q"));
    script.at(2_100).lasting(100).call(new Call.CreateTopic("q"));
    script.at(3_000);
    read(null).green();
  }

  @Test
  void aSearchThatGrowsTooLongIsToldAndNotGreen() {
    create("0");
    for (int i = 1; i <= 30; i++) {
      script.at(2_000 + i).lasting(1_000);
      set(String.valueOf(i));
    }
    script.at(5_000);
    read("1").read("2");
    script.open(new AdministrationChecker(1_000));
  }

  @Test
  void aLongHistoryOfSeveralClientsIsJudged() {
    create("0");
    for (int i = 1; i <= 5_000; i++) {
      script.at(2_000 + 10L * i).lasting(25);
      if (i % 3 == 0) {
        script.inDoubt();
      }
      set(String.valueOf(i));
      script.at(2_005 + 10L * i).lasting(20);
      read(i % 3 == 0 ? String.valueOf(i - 1) : String.valueOf(i));
    }
    Verdict verdict = checker.check(script.history());
    assertThat(verdict.undecided() + verdict.violationCount()).isZero();
  }

  private AdministrationCheckerTest create(String value) {
    script.call(new Call.CreateQueue("q", Map.of("V", value)));
    return this;
  }

  private AdministrationCheckerTest set(String value) {
    script.call(new Call.SetAttribute("q", "V", value));
    return this;
  }

  private AdministrationCheckerTest read(@Nullable String value) {
    script.call(new Call.GetAttribute("q", "V"), new Answer.Value(value));
    return this;
  }

  private AdministrationCheckerTest delete() {
    script.call(new Call.DeleteQueue("q"));
    return this;
  }

  private void green() {
    script.green(checker);
  }

  private void red(String violation) {
    script.red(checker, violation);
  }
}
