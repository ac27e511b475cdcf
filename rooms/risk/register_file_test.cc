// The reader of a register takes what is documented and refuses everything else by its pointer.
#include "rooms/risk/register_file.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <functional>

#include "model/json.h"
#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/engine/simulate.h"

namespace tiebeam::risk {
namespace {

// Every field there is, of every kind.
constexpr const char* kWhole = R"({
 "title": "all fields", "currency": "EUR", "trials": 5000, "control_budget": 90000,
 "scenarios": [
  {"id": "ransomware", "title": "Ransomware", "asset": "erp", "goals": ["keep-customers", "cash"],
   "frequency": {"kind": "poisson", "rate": {"kind": "pert", "min": 0.05, "mode": 0.1, "max": 0.4, "lambda": 4},
                 "vulnerability": {"threat_capability": {"kind": "normal", "mean": 50, "sd": 10},
                                   "resistance_strength": {"kind": "uniform", "min": 30, "max": 90}}},
   "primary_loss": {"kind": "lognormal", "p05": 100000, "p95": 1000000},
   "secondary_probability": {"kind": "beta", "alpha": 2, "beta": 8},
   "secondary_loss": {"fines_and_judgements": {"kind": "triangular", "min": 1, "mode": 5, "max": 9e5}, "reputation": 5000},
   "insurance": [{"deductible": 50000, "limit": 400000}, {"deductible": 600000, "limit": 1e6}],
   "common_cause": "vendor", "drivers": {"attackers": 0.5, "staff": -0.3}, "severity_drivers": {"inflation": 0.2}},
  {"id": "fraud", "frequency": {"kind": "bernoulli", "p": 0.2},
   "primary_loss": {"productivity": {"kind": "gamma", "shape": 2, "scale": 900},
                    "response": {"kind": "discrete", "values": [100, 900], "weights": [0.4, 0.6]},
                    "replacement": {"kind": "empirical", "values": [5, 8, 13]},
                    "competitive_advantage": {"kind": "exponential", "mean": 700}}},
  {"id": "slips", "frequency": {"kind": "negative_binomial", "mean": 3, "k": 0.8},
   "primary_loss": {"kind": "metalog", "p10": 10, "p50": 30, "p90": 90, "min": 0}},
  {"id": "audit", "frequency": {"kind": "fixed", "count": 1}, "primary_loss": 4000},
  {"id": "scan", "frequency": {"kind": "poisson", "contact": 12, "action": {"kind": "uniform", "min": 0.1, "max": 0.2},
                               "vulnerability": 0.3}, "primary_loss": "100..900"},
  {"id": "outage", "common_cause": "vendor", "primary_loss": 900}],
 "common_causes": [{"id": "vendor", "title": "The vendor is down", "frequency": {"kind": "poisson", "rate": 0.3},
                    "drivers": {"staff": 0.2}}],
 "controls": [{"id": "backup", "title": "Backup", "cost_a_year": 40000,
               "reduces": [{"scenario": "ransomware", "factor": "magnitude", "by": 0.6}]},
              {"id": "training", "cost_a_year": {"kind": "uniform", "min": 1, "max": 9},
               "reduces": [{"scenario": "fraud", "factor": "frequency", "by": {"kind": "pert", "min": 0.1, "mode": 0.2, "max": 0.5}}]}],
 "appetite": [{"probability": 0.1, "loss": 1000000}, {"probability": 0.01, "loss": 5000000}]})";

// What reads and can be run, or why not.
Result<Prepared> taken(std::string_view text) {
  TB_TRY(const Register read, read_register(text));
  return prepare(read, 1);
}
std::string all_words(const Error& error) { return error.message + "\n" + error.detail; }

struct Node {
  std::string pointer;
  Json* at;
};
// What is inside comes before what it is inside of, which may be replaced then.
std::vector<Node> nodes_of(Json& json, const std::string& pointer) {
  std::vector<Node> out;
  const auto add = [&](const std::string& name, const Json& below) {
    for (Node& node : nodes_of(const_cast<Json&>(below), pointer + "/" + name)) out.push_back(node);
  };
  if (const auto* members = json.if_object())
    for (const auto& [key, value] : *members) add(key, value);
  if (const auto* items = json.if_array())
    for (std::size_t i = 0; i < items->size(); ++i) add(std::to_string(i), (*items)[i]);
  if (!pointer.empty()) out.push_back({pointer, &json});
  return out;
}

TEST(RegisterFile, ReadsEveryFieldThereIs) {
  const auto read = read_register(kWhole);
  ASSERT_TRUE(read.has_value()) << all_words(read.error());
  EXPECT_EQ(read->trials, 5000u);
  EXPECT_EQ(*read->control_budget, 90000);
  ASSERT_EQ(read->scenarios.size(), 6u);
  const Scenario& first = read->scenarios[0];
  EXPECT_EQ(first.frequency->factors.size(), 2u);
  EXPECT_EQ(first.frequency->shares, (std::vector<bool>{false, true}));
  EXPECT_EQ(first.secondary.size(), 2u);
  EXPECT_EQ(first.insurance[1].limit, 1e6);
  EXPECT_EQ(first.drivers.size(), 2u);
  EXPECT_EQ(first.common_cause, "vendor");
  EXPECT_EQ(first.goals[1], "cash");
  EXPECT_EQ(read->scenarios[1].frequency->law, CountLaw::bernoulli);
  EXPECT_EQ(read->scenarios[1].primary.size(), 4u);
  EXPECT_EQ(read->scenarios[2].frequency->size, 0.8);
  EXPECT_EQ(read->scenarios[3].frequency->count, 1u);
  EXPECT_EQ(read->scenarios[4].frequency->factors.size(), 3u);
  EXPECT_FALSE(read->scenarios[5].frequency.has_value());
  EXPECT_EQ(read->controls[1].reduces[0].scenario, 1u);
  EXPECT_EQ(read->appetite[1].loss, 5e6);
  ASSERT_TRUE(simulate(*read, {.trials = 3000, .contributions = true}).has_value());
}

// Each value replaced by one of every other kind: refused by its pointer, whatever it is.
TEST(RegisterFile, RefusesEveryWrongKindWhereItStands) {
  Json whole = *parse_json(kWhole);
  const Json wrong[] = {Json(),
                        Json(true),
                        Json("words"),
                        Json(-7.5),
                        Json(Json::Array{}),
                        Json(Json::Object{}),
                        Json::array(std::vector<std::string>{"a"}),
                        Json::object({{"kind", 5}}),
                        Json::object({{"q", 1}})};
  std::size_t tried = 0;
  for (const Node& node : nodes_of(whole, "")) {
    const Json before = *node.at;
    for (const Json& other : wrong) {
      if (other.kind() == before.kind()) continue;
      *node.at = other;
      const std::string text = write_json(whole);
      const auto found = taken(text);
      ++tried;
      if (found) {  // only where a plain number is as good as what stood there
        EXPECT_TRUE(other.number().has_value()) << node.pointer << ": " << write_json(other);
        continue;
      }
      EXPECT_TRUE(all_words(found.error()).contains(node.pointer))
          << node.pointer << " as " << write_json(other) << ": " << all_words(found.error());
      EXPECT_FALSE(found.error().hint.empty()) << found.error().message;
      EXPECT_TRUE(found.error().code.contains('.')) << found.error().message;
    }
    *node.at = before;
  }
  EXPECT_GT(tried, 700u);
}

// Each field taken away: what is needed is asked for by name, all else may be left out.
TEST(RegisterFile, AsksForWhatIsMissing) {
  const auto without = [](std::string_view list, std::size_t at, std::string_view key) {
    const Json whole = *parse_json(kWhole);
    Json out = Json::Object{};
    for (const auto& [name, value] : *whole.if_object()) {
      if (list.empty() && name == key) continue;
      if (name != list) {
        out.set(name, value);
        continue;
      }
      Json::Array items = *value.if_array();
      Json item = Json::Object{};
      for (const auto& [field, inner] : *items[at].if_object())
        if (field != key) item.set(field, inner);
      items[at] = item;
      out.set(name, items);
    }
    return read_register(write_json(out));
  };
  const auto needed = [&](std::string_view list, std::size_t at, const char* key) {
    const auto found = without(list, at, key);
    const std::string pointer =
        list.empty() ? fmt::format("/{}", key) : fmt::format("/{}/{}/{}", list, at, key);
    ASSERT_FALSE(found.has_value()) << pointer;
    EXPECT_TRUE(all_words(found.error()).contains(pointer)) << pointer << all_words(found.error());
  };
  needed("", 0, "currency");
  needed("", 0, "scenarios");
  for (const char* key : {"id", "primary_loss", "secondary_probability", "secondary_loss"})
    needed("scenarios", 0, key);
  needed("scenarios", 1, "frequency");
  needed("common_causes", 0, "id");
  needed("common_causes", 0, "frequency");
  needed("controls", 0, "id");
  needed("controls", 0, "reduces");
  needed("appetite", 0, "probability");
  needed("appetite", 0, "loss");
  for (const char* key : {"title", "trials", "control_budget", "controls", "appetite"})
    EXPECT_TRUE(without("", 0, key).has_value()) << key;
  for (const char* key :
       {"title", "asset", "goals", "insurance", "common_cause", "drivers", "severity_drivers"})
    EXPECT_TRUE(without("scenarios", 0, key).has_value()) << key;
}

TEST(RegisterFile, NamesFieldsItDoesNotKnowAndWhatWasMeant) {
  Json whole = *parse_json(kWhole);
  for (const Node& node : nodes_of(whole, "")) {
    const Json before = *node.at;
    if (before.if_object() == nullptr) continue;
    if (node.pointer.ends_with("drivers")) continue;  // its fields are names
    node.at->set("lambada", 3);
    const auto found = taken(write_json(whole));
    ASSERT_FALSE(found.has_value()) << node.pointer;
    EXPECT_TRUE(all_words(found.error()).contains(node.pointer + "/lambada"))
        << all_words(found.error());
    *node.at = before;
  }
  const auto near_miss =
      read_register(R"({"currency":"EUR","scenarios":[{"id":"a","frequncy":1,"primary_loss":5}]})");
  EXPECT_TRUE(near_miss.error().message.contains("did you mean 'frequency'"))
      << near_miss.error().message;
  EXPECT_EQ(near_miss.error().field, "/scenarios/0/frequncy");
  const auto odd = read_register(R"({"currency":"EUR","a/b~c":1,"scenarios":[]})");
  EXPECT_EQ(odd.error().field, "/a~1b~0c");
}

TEST(RegisterFile, OfManyUnknownNamesTheFirstAreTold) {
  std::string scenarios, reduces;
  for (int i = 0; i < 1500; ++i) {
    const char* comma = i == 0 ? "" : ",";
    scenarios += fmt::format(
        R"({}{{"id":"scenario-of-a-long-name-{}","primary_loss":5,"frequency":{{"kind":"poisson","rate":1}}}})",
        comma, i);
    reduces += fmt::format(
        R"({}{{"scenario":"scenario-off-a-long-name-{}","factor":"frequency","by":0.5}})", comma,
        i);
  }
  const auto read = read_register(fmt::format(
      R"({{"currency":"EUR","scenarios":[{}],"controls":[{{"id":"c","reduces":[{}]}}]}})",
      scenarios, reduces));
  ASSERT_FALSE(read.has_value());
  EXPECT_TRUE(read.error().message.contains("did you mean")) << read.error().message;
  EXPECT_TRUE(read.error().detail.ends_with("1400 more faults are not told"));
  EXPECT_EQ(read.error().expected, "the id of a scenario of this register");
}

TEST(RegisterFile, TellsAllFaultsAtOnce) {
  const auto found = read_register(R"({"currency":"EURO","scenarios":[
    {"id":"a","frequency":{"kind":"poison","rate":1},"primary_loss":5},
    {"id":"a","frequency":{"kind":"poisson"},"primary_loss":{"kind":"lognormal","p05":9,"p95":3}}],
    "controls":[{"id":"c","reduces":[{"scenario":"b","factor":"size","by":0.5}]}]})");
  ASSERT_FALSE(found.has_value());
  const std::string words = all_words(found.error());
  for (const char* pointer : {"/currency", "/scenarios/0/frequency/kind", "/scenarios/1/id",
                              "/scenarios/1/frequency", "/scenarios/1/primary_loss",
                              "/controls/0/reduces/0/scenario", "/controls/0/reduces/0/factor"})
    EXPECT_TRUE(words.contains(pointer)) << pointer << "\n" << words;
  EXPECT_TRUE(words.contains("did you mean 'poisson'")) << words;
}

TEST(RegisterFile, RefusesWhatIsNoJson) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const std::string deep_objects = [] {
    std::string out;
    for (int i = 0; i < 5000; ++i) out += R"({"a":)";
    return out;
  }();
  std::string garbage(10'000'000, '\0');
  std::uint32_t state = 1;
  for (char& c : garbage) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  for (const std::string& text :
       {std::string(),
        std::string(" \n"),
        std::string("{"),
        std::string("[]"),
        std::string("5"),
        std::string("null"),
        std::string("\"text\""),
        std::string("{}"),
        deep,
        deep_objects,
        garbage,
        std::string(10'000'000, ' '),
        std::string(10'000'000, '{'),
        std::string(R"({"currency":"EUR","currency":"USD","scenarios":[]})"),
        std::string(R"({"currency":"EUR","trials":NaN,"scenarios":[]})"),
        std::string(R"({"currency":"EUR","trials":Infinity,"scenarios":[]})"),
        std::string(R"({"currency":"EUR","trials":1e999,"scenarios":[]})"),
        std::string(R"({"currency":"EUR","scenarios":[]} trailing)"),
        std::string("{\"currency\":\"E\0R\",\"scenarios\":[]}", 33),
        std::string("{\"currency\":\"\xff\xfe\"}"),
        std::string("\xef\xbb\xbf{}")}) {
    const auto found = read_register(text);
    ASSERT_FALSE(found.has_value()) << text.substr(0, 60);
    EXPECT_FALSE(found.error().hint.empty()) << text.substr(0, 60) << ": " << found.error().message;
    EXPECT_LT(found.error().message.size(), 500u);
  }
}

TEST(RegisterFile, RefusesDoubledIdsOfEachKind) {
  const auto refused = [](const char* text, const char* pointer) {
    const auto found = read_register(text);
    ASSERT_FALSE(found.has_value()) << pointer;
    EXPECT_EQ(found.error().field, pointer) << found.error().message;
  };
  const char* s = R"({"id":"a","frequency":{"kind":"fixed","count":1},"primary_loss":1})";
  refused(fmt::format(R"({{"currency":"EUR","scenarios":[{},{}]}})", s, s).c_str(),
          "/scenarios/1/id");
  const char* c = R"({"id":"c","reduces":[{"scenario":"a","factor":"frequency","by":0.5}]})";
  refused(
      fmt::format(R"({{"currency":"EUR","scenarios":[{}],"controls":[{},{}]}})", s, c, c).c_str(),
      "/controls/1/id");
  const char* v = R"({"id":"v","frequency":{"kind":"fixed","count":1}})";
  refused(fmt::format(R"({{"currency":"EUR","scenarios":[{}],"common_causes":[{},{}]}})", s, v, v)
              .c_str(),
          "/common_causes/1/id");
  refused(R"({"currency":"EUR","scenarios":[]})", "/scenarios");
}

TEST(RegisterFile, RefusesACauseThatNobodyDescribed) {
  const auto found =
      taken(R"({"currency":"EUR","scenarios":[{"id":"a","common_cause":"vendr","primary_loss":1}],
    "common_causes":[{"id":"vendor","frequency":{"kind":"fixed","count":1}}]})");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().field, "/scenarios/0/common_cause");
  EXPECT_TRUE(found.error().message.contains("did you mean 'vendor'")) << found.error().message;
}

}  // namespace
}  // namespace tiebeam::risk
