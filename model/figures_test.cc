#include "model/figures.h"

#include <gtest/gtest.h>

#include "model/figure_json.h"
#include "model/figure_text.h"
#include "model/rules.h"

namespace tiebeam {
namespace {

FigureFamily family(std::string name, std::vector<FigureSpec> figures) {
  FigureFamily out{std::move(name), std::move(figures), {}, {}};
  const auto specs = out.figures;
  out.compute = [specs](const FigureBook& /*book*/) {
    std::vector<Figure> made;
    for (const FigureSpec& spec : specs) {
      Figure figure;
      figure.key = spec.key;
      figure.unit = "items";
      figure.value = 3.0;
      made.push_back(figure);
    }
    return made;
  };
  return out;
}
FigureSpec spec(std::string key, std::vector<std::string> reads = {}) {
  return {std::move(key), "label", "items", "formula", "docs/method/x.md", 1, std::move(reads)};
}

TEST(FigureRegistry, ACircleStopsTheStartAndNamesItsWay) {
  FigureRegistry registry;
  registry.add(family("a", {spec("a.one", {"b.two"})}));
  registry.add(family("b", {spec("b.two", {"a.one"})}));
  const auto sound = registry.check();
  ASSERT_FALSE(sound.has_value());
  const Error error = sound.error();
  EXPECT_EQ(error.code, "figures.cycle");
  EXPECT_NE(error.message.find("a.one reads b.two reads a.one"), std::string::npos)
      << error.message;
}

TEST(FigureRegistry, AReadNobodyPublishesStopsTheStart) {
  FigureRegistry registry;
  registry.add(family("a", {spec("a.one", {"b.gone"})}));
  ASSERT_FALSE(registry.check().has_value());
  EXPECT_EQ(registry.check().error().code, "figures.unknown_read");
}

TEST(FigureRegistry, ADiamondIsNoCircle) {
  FigureRegistry registry;
  registry.add(family("a", {spec("a.top", {"a.left", "a.right"}), spec("a.left", {"a.base"}),
                            spec("a.right", {"a.base"}), spec("a.base")}));
  EXPECT_TRUE(registry.check().has_value());
}

TEST(FigureBook, AnUnknownKeyNamesItsNeighbour) {
  FigureRegistry registry;
  registry.add(family("flow", {spec("flow.items")}));
  const FigureBook book(registry, std::make_shared<Snapshot>(), {});
  EXPECT_TRUE(book.get("flow.items").has_value());
  const auto missing = book.get("flow.itmes");
  ASSERT_FALSE(missing.has_value());
  const Error error = missing.error();
  EXPECT_NE(error.message.find("did you mean 'flow.items'"), std::string::npos);
}

// A key with a part in braces stands for the figures of every record of that type.
TEST(FigureBook, AnswersForRecordsByTheirIds) {
  FigureRegistry registry;
  FigureFamily open{"case", {spec("case.all"), spec("case.{initiative}.npv")}, {}, {}};
  open.compute = [](const FigureBook& /*book*/) {
    std::vector<Figure> made;
    for (const char* key : {"case.all", "case.portal.npv", "case.a.b.npv"}) {
      made.emplace_back();
      made.back().key = key;
    }
    return made;
  };
  registry.add(std::move(open));
  registry.add(family("flow", {spec("flow.items", {"case.{initiative}.npv"})}));
  EXPECT_TRUE(registry.check().has_value());
  const FigureBook book(registry, std::make_shared<Snapshot>(), {});
  EXPECT_TRUE(book.get("case.portal.npv").has_value());
  EXPECT_TRUE(book.get("case.a.b.npv").has_value());
  EXPECT_EQ(book.find("case.gone.npv"), nullptr);
  EXPECT_EQ(book.find("case.portal.irr"), nullptr);
  EXPECT_EQ(book.find("case..npv"), nullptr);
  EXPECT_EQ(book.get("case.gone.npv").error().code, "figures.no_key");
  EXPECT_EQ(book.all("case.portal").size(), 1u);
  EXPECT_EQ(book.all("case.").size(), 3u);
  EXPECT_EQ(book.all().size(), 4u);
  EXPECT_NE(registry.find("case.portal.npv"), nullptr);
}

TEST(FigureBook, RefusesAFamilyThatMakesWhatItDidNotDeclare) {
  const auto made = [](std::vector<std::string> keys) {
    FigureRegistry registry;
    FigureFamily open{"case", {spec("case.all"), spec("case.{initiative}.npv")}, {}, {}};
    open.compute = [keys = std::move(keys)](const FigureBook& /*book*/) {
      std::vector<Figure> out;
      for (const std::string& key : keys) {
        out.emplace_back();
        out.back().key = key;
      }
      return out;
    };
    registry.add(std::move(open));
    return FigureBook(registry, std::make_shared<Snapshot>(), {}).all().size();
  };
  EXPECT_EQ(made({"case.all"}), 1u);
  EXPECT_THROW(made({}), Bug);
  EXPECT_THROW(made({"case.all", "case.portal.irr"}), Bug);
  EXPECT_THROW(made({"case.portal.npv"}), Bug);
}

TEST(Rules, AWaiverSilencesOneSubjectUntilItsDay) {
  RuleRegistry rules;
  rules.add({.id = "x.rule",
             .severity = Severity::warning,
             .title = "t",
             .why = "w",
             .act = "a",
             .look = [](const FigureBook& book) {
               Finding finding;
               finding.subject = {"service", "payroll"};
               finding.since = *parse_day("2020-01-01");  // older than the waiver: it still holds
               (void)book;
               return std::vector<Finding>{finding};
             }});
  Waiver waiver;
  waiver.id = "w";
  waiver.rule = "x.rule";
  waiver.subject = "service/payroll";
  waiver.until = *parse_day("2026-06-30");
  const FigureRegistry figures;
  const auto findings_at = [&](std::string_view day) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->records["waiver"] = {to_record(waiver)};
    return rules
        .run(FigureBook(figures, snapshot, {.as_of = *parse_instant(day), .from = {}, .to = {}}))
        .size();
  };
  EXPECT_EQ(findings_at("2026-06-30"), 0u);
  EXPECT_EQ(findings_at("2026-07-01"), 1u);
}

TEST(Rules, ASubjectIsToldOnceWhateverARuleSawOfIt) {
  RuleRegistry rules;
  const auto seen = [](std::string id, std::string message, std::vector<std::string> figures,
                       std::string_view since) {
    Finding out;
    out.subject = {"value_stream", std::move(id)};
    out.message = std::move(message);
    out.figures = std::move(figures);
    out.since = *parse_day(since);
    return out;
  };
  rules.add({.id = "x.rule",
             .severity = Severity::warning,
             .title = "t",
             .why = "w",
             .act = "a",
             .look = [&](const FigureBook& /*book*/) {
               return std::vector<Finding>{
                   seen("orders", "it grows", {"flow.load.now", "flow.arrival.week"}, "2026-03-01"),
                   seen("desk", "it is old", {"flow.age.p85"}, "2026-03-01"),
                   seen("orders", "it is too much", {"flow.load.now", "flow.open"}, "2026-02-01")};
             }});
  const FigureRegistry figures;
  const auto told = rules.run(FigureBook(figures, std::make_shared<Snapshot>(), {}));
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].subject.id, "desk");
  EXPECT_EQ(told[1].message, "it grows; it is too much");
  EXPECT_EQ(told[1].act, "a");
  EXPECT_EQ(format_day(told[1].since), "2026-02-01");
  EXPECT_EQ(told[1].figures,
            (std::vector<std::string>{"flow.load.now", "flow.arrival.week", "flow.open"}));
}

struct WordsCase {
  double value;
  std::string_view unit, expected;
};
class InWords : public testing::TestWithParam<WordsCase> {};
TEST_P(InWords, AtMostThreeSignificantDigits) {
  EXPECT_EQ(in_words(GetParam().value, GetParam().unit), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, InWords,
    testing::Values(WordsCase{18.0831, "days", "18.1 days"}, WordsCase{0.5, "days", "12 hours"},
                    WordsCase{0.01, "days", "14.4 minutes"}, WordsCase{0, "days", "0 days"},
                    WordsCase{1e-6, "days", "less than a second"},
                    WordsCase{10687.1, "money", "10,687"}, WordsCase{0.3124, "share", "31.2 %"},
                    WordsCase{1, "share", "100 %"}, WordsCase{9202, "items", "9,202 items"},
                    WordsCase{1, "items", "1 item"}, WordsCase{1, "people", "1 person"},
                    WordsCase{1, "items a week", "1 item a week"}, WordsCase{1, "", "1"},
                    WordsCase{1234567, "", "1,234,567"},
                    WordsCase{707.69, "items a week", "708 items a week"},
                    WordsCase{-12.34, "items a week", "-12.3 items a week"},
                    WordsCase{0.000123, "", "0.000123"}));

TEST(FigureText, SaysMoneyInItsCurrency) {
  Figure figure;
  figure.unit = "money";
  for (const auto& [amount, words] :
       {std::pair{"12.5", "EUR 12.5"}, {"2000", "EUR 2,000"}, {"1216100", "EUR 1.22m"}}) {
    figure.value = *Money::parse(amount, Currency());
    EXPECT_EQ(in_words(figure), words);
  }
}

TEST(FigureJson, HasTheContractsShape) {
  Figure figure;
  figure.key = "flow.x";
  figure.label = "x";
  figure.unit = "days";
  figure.status = Status::not_reached;
  figure.low = 12.5;
  figure.reason = "too much is open";
  figure.as_of = *parse_instant("2016-06-01");
  figure.trail.formula = "f";
  figure.trail.method = "m";
  figure.trail.inputs.push_back({.record_type = "work_item",
                                 .count = 3,
                                 .filter = "finished",
                                 .figure = {},
                                 .import_file = {},
                                 .import_id = {},
                                 .sha256 = {},
                                 .rows = 0});
  EXPECT_EQ(
      write_json(to_json(figure)),
      R"({"key":"flow.x","label":"x","value":null,"unit":"days","interval":null,"low":12.5,"n":null,)"
      R"("as_of":"2016-06-01T00:00:00Z","status":"not_reached","reason":"too much is open",)"
      R"("trail":{"formula":"f","method":"m","version":1,"seed":null,)"
      R"("inputs":[{"records":"work_item","count":3,"filter":"finished"}]}})");
}

}  // namespace
}  // namespace tiebeam
