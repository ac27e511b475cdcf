// What holds for every family of figures of the room, whatever its subject: each figure follows
// from its formula and its evidence, and nothing names a person.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "base/text.h"
#include "model/figure_json.h"
#include "rooms/flow/delivery.h"
#include "rooms/flow/engine/recompute.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/flow.h"
#include "rooms/flow/people.h"
#include "rooms/flow/report_json.h"

namespace tiebeam::flow {
namespace {

using testing::Org;

constexpr int kRounds = 60;

// Deployments, changes that wait for theirs, and incidents with and without a named cause.
void add_deliveries(Org& org, std::mt19937_64& rng) {
  static constexpr std::string_view kServices[] = {"", "shop", "web"};
  static constexpr std::string_view kResults[] = {"", "success", "success", "failed"};
  static constexpr std::string_view kWhere[] = {"", "production", "staging"};
  const auto any_time = [&] {
    return testing::at("2024-01-10") + std::chrono::minutes{static_cast<int>(rng() % 200'000)};
  };
  for (std::uint64_t i = 0, many = rng() % 60; i < many; ++i) {
    const std::string key = "d" + std::to_string(rng() % 50);
    const Instant end = any_time();
    org.deployed(
        {key, kServices[rng() % 3], kResults[rng() % 4], kWhere[rng() % 3],
         rng() % 5 == 0 ? "I-1" : "", rng() % 3 == 0 ? "yes" : ""},
        end, {{"c" + std::to_string(i), end - std::chrono::hours{static_cast<int>(rng() % 99)}}});
    if (rng() % 4 == 0) org.changed("w" + std::to_string(i), any_time(), "shop");
  }
  for (std::uint64_t i = 0, many = rng() % 30; i < many; ++i) {
    const std::string key = "g" + std::to_string(i);
    const Instant end = any_time();
    org.deployed({.key = key, .service = "shop", .environment = "production"}, end,
                 {{key, end - std::chrono::hours{static_cast<int>(rng() % 99)}}});
  }
  for (std::uint64_t i = 0, many = rng() % 40; i < many; ++i) {
    const Instant opened = any_time();
    std::optional<Instant> over;
    if (rng() % 3 != 0) over = opened + std::chrono::hours{static_cast<int>(rng() % 50)};
    org.outage("I-" + std::to_string(i), kServices[rng() % 3], opened, over,
               rng() % 3 == 0 ? "d" + std::to_string(rng() % 60) : "");
  }
}

// A random log whose items have services, types, priorities and dates of creation.
Org random_org(std::mt19937_64& rng) {
  static constexpr std::string_view kServices[] = {"", "payroll", "shop", "web"};
  static constexpr std::string_view kTypes[] = {"", "incident", "feature", "Hotfix", "bug"};
  static constexpr std::string_view kPriorities[] = {"", "1 - Critical", "Low"};
  Org org;
  org.import();
  std::string last;
  for (const auto& event : testing::random_events(rng, 1 + static_cast<int>(rng() % 120))) {
    testing::add(org, event);
    if (event.item == last) continue;
    last = event.item;
    org.words(event.item, event.at, kServices[rng() % 4], kTypes[rng() % 5], kPriorities[rng() % 3],
              rng() % 3 == 0 ? "orders" : "");
    if (rng() % 3 == 0)
      org.created(event.item, event.at - std::chrono::hours{static_cast<int>(rng() % 60)});
  }
  // A few people who finish much, so that areas are covered.
  for (std::uint64_t i = 0, many = rng() % 80; i < many; ++i) {
    const std::string item = "F-" + std::to_string(i);
    const Instant end =
        testing::at("2024-07-01") + std::chrono::hours{static_cast<int>(rng() % 900)};
    const std::string team = "Team " + std::to_string(rng() % 3);
    org.event(item, end - std::chrono::hours{30}, "Active", team,
              "Person " + std::to_string(rng() % 5));
    org.event(item, end, "Closed", team).words(item, end, kServices[rng() % 4], kTypes[rng() % 5]);
  }
  add_deliveries(org, rng);
  return org;
}

FigureRegistry registry() {
  FigureRegistry out;
  for (FigureFamily& family : flow_families()) out.add(std::move(family));
  return out;
}

Asked any_window(std::mt19937_64& rng) {
  Asked asked;
  const Instant base = testing::at("2024-01-03T00:00:00Z");
  if (rng() % 2 == 0) asked.from = base + std::chrono::days{static_cast<int>(rng() % 90)};
  if (rng() % 2 == 0) asked.to = base + std::chrono::days{100 + static_cast<int>(rng() % 200)};
  return asked;
}

TEST(Families, EveryFigureFollowsFromItsFormulaAndItsEvidence) {
  const FigureRegistry all = registry();
  std::mt19937_64 rng(20240301);
  std::map<std::string, int> checked;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    Org org = random_org(rng);
    const FigureBook book(all, org.shared(), any_window(rng));
    for (const Figure& each : book.all("flow.")) {
      EXPECT_EQ(each.has_value(), each.status == Status::ok) << each.key;
      EXPECT_TRUE(each.has_value() || !each.reason.empty()) << each.key;
      if (!each.has_value()) continue;
      const auto again = recompute(each.trail.formula, book.evidence(each.key, 0, 1'000'000));
      if (!all.find(each.key)->reads.empty() && !again) continue;
      ASSERT_TRUE(again && again->value) << each.key;
      ASSERT_NEAR(*again->value, each.number(), 1e-9 * std::max(1.0, std::abs(each.number())))
          << each.key;
      ++checked[each.key];
    }
  }
  for (const Figure& each : FigureBook(all, Org().shared(), {}).all("flow.concentration.")) {
    if (all.find(each.key)->reads.empty()) EXPECT_GT(checked[each.key], 5) << each.key;
  }
  for (const char* key :
       {"flow.truck_factor", "flow.unplanned.share", "flow.people.out_of_hours.share",
        "flow.people.concurrent", "flow.dora.deployments.week", "flow.dora.deployments.days",
        "flow.dora.lead_time.p50", "flow.dora.change_failure.share",
        "flow.dora.change_failure.inferred.share", "flow.dora.recovery.p50",
        "flow.dora.rework.share"})
    EXPECT_GT(checked[key], 5) << key;
}

// The order of the rows of a file says nothing of people, areas or streams.
TEST(Families, PermutingRowsChangesNothingAboutPeople) {
  static constexpr std::string_view kServices[] = {"", "payroll", "shop"};
  const FigureRegistry all = registry();
  std::mt19937_64 rng(17);
  for (int round = 0; round < 20; ++round) {
    auto events = testing::random_events(rng, 80);
    const auto build = [&] {
      Org org;
      org.import();
      std::map<std::string, Instant> first;
      for (const auto& event : events) {
        testing::add(org, event);
        const auto [held, is_new] = first.emplace(event.item, event.at);
        held->second = std::min(held->second, event.at);
      }
      for (const auto& [item, at] : first) {
        const std::size_t hash = item.size() + static_cast<std::size_t>(item.back());
        org.words(item, at, kServices[hash % 3], hash % 2 == 0 ? "incident" : "feature");
      }
      return org;
    };
    const auto told = [&](Org& org) {
      const FigureBook book(all, org.shared(), {});
      std::string out;
      for (const char* prefix :
           {"flow.concentration.", "flow.truck_factor", "flow.people.", "flow.unplanned."}) {
        for (const Figure& each : book.all(prefix))
          out += each.key + (each.has_value() ? shortest(each.number()) : each.reason) + "\n";
      }
      Json json = Json::Object{};
      add_people_json(json, book);
      return out + write_json(json);
    };
    Org straight = build();
    std::ranges::shuffle(events, rng);
    Org shuffled = build();
    EXPECT_EQ(told(straight), told(shuffled)) << round;
  }
}

// Deployments alone, or nothing at all: no figure breaks, each says why it has no value.
TEST(Families, WithoutAnyWorkEveryFigureSaysWhy) {
  const FigureRegistry all = registry();
  Org nothing;
  Org deployments;
  deployments.deployed({.key = "1", .service = "shop"}, testing::at("2024-02-01"));
  for (Org* org : {&nothing, &deployments}) {
    const FigureBook book(all, org->shared(), {});
    for (const Figure& each : book.all("flow.")) {
      EXPECT_TRUE(each.has_value() || !each.reason.empty()) << each.key;
      EXPECT_EQ(each.has_value(), each.status == Status::ok) << each.key;
    }
    Json json = Json::Object{};
    add_people_json(json, book);
    add_delivery_json(json, book);
    for (const Rule& rule : flow_rules()) (void)rule.look(book);
  }
}

TEST(Families, PagesOfEvidenceJoinToTheWhole) {
  const FigureRegistry all = registry();
  std::mt19937_64 rng(3);
  Org org = random_org(rng);
  const FigureBook book(all, org.shared(), {});
  for (const Figure& figure : book.all("flow.")) {
    const auto whole = book.evidence(figure.key, 0, 1'000'000);
    std::size_t at = 0;
    while (true) {
      const auto page = book.evidence(figure.key, at, 7);
      if (page.empty()) break;
      for (const Evidence& each : page) {
        ASSERT_LT(at, whole.size()) << figure.key;
        EXPECT_EQ(each.subject, whole[at].subject) << figure.key;
        EXPECT_EQ(each.what, whole[at].what) << figure.key;
        ++at;
      }
    }
    EXPECT_EQ(at, whole.size()) << figure.key;
  }
}

// The Table lists findings by what they are about: no two rules say the same of one subject twice.
TEST(Families, NoRuleSaysTheSameOfOneSubjectTwice) {
  const FigureRegistry all = registry();
  std::mt19937_64 rng(11);
  for (int round = 0; round < 40; ++round) {
    Org org = random_org(rng);
    const FigureBook book(all, org.shared(), {});
    std::set<std::pair<std::string, Subject>> seen;
    for (const Rule& rule : flow_rules()) {
      for (const Finding& finding : rule.look(book))
        EXPECT_TRUE(seen.emplace(rule.id, finding.subject).second)
            << rule.id << " of " << finding.subject.id;
    }
  }
}

// Neither a name nor a pseudonym, in figures, evidence, findings or arrays about people.
TEST(Families, NothingAboutPeopleNamesOne) {
  const FigureRegistry all = registry();
  std::mt19937_64 rng(9);
  for (int round = 0; round < 20; ++round) {
    Org org = random_org(rng);
    const FigureBook book(all, org.shared(), {});
    std::string told;
    for (const char* prefix :
         {"flow.concentration.", "flow.truck_factor", "flow.people.", "flow.unplanned."}) {
      for (const Figure& figure : book.all(prefix)) {
        told += write_json(to_json(figure));
        for (const Evidence& each : book.evidence(figure.key, 0, 100'000))
          told += each.subject + " " + each.what + "\n";
      }
    }
    Json json = Json::Object{};
    add_people_json(json, book);
    told += write_json(json);
    for (const Rule& rule : people_rules()) {
      for (const Finding& finding : rule.look(book)) told += finding.message;
    }
    EXPECT_EQ(told.find("Person "), std::string::npos);
  }
}

// What is shown beside the figures says of each cell how it was made.
TEST(Families, EveryArrayAboutPeopleDescribesItsColumns) {
  const FigureRegistry all = registry();
  std::mt19937_64 rng(5);
  Org org = random_org(rng);
  const FigureBook book(all, org.shared(), {});
  Json json = metrics_json(book, metric_figures(book), {}, {});
  for (const char* array : {"areas", "unplanned", "team_load", "people_months", "dora_services",
                            "dora_months", "weeks"}) {
    ASSERT_NE(json.find(array), nullptr) << array;
    const Json* described = json.find("columns")->find(array);
    ASSERT_NE(described, nullptr) << array;
    const Json::Array& rows = *json.find(array)->if_array();
    if (rows.empty()) continue;
    for (const auto& [name, column] : *described->find("columns")->if_object()) {
      const std::string head = name.substr(0, name.find('.'));
      EXPECT_NE(rows[0].find(head), nullptr) << array << "." << name;
    }
  }
}

}  // namespace
}  // namespace tiebeam::flow
