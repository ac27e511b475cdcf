#include "rooms/risk/starter_library.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include "rooms/risk/engine/closed_form.h"
#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/engine/start_register.h"
#include "rooms/risk/questions.h"

namespace tiebeam::risk {
namespace {

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> kAll = [] {
    std::vector<Profile> out;
    for (const double people : {1.0, 40.0, 250.0, 900.0, 5000.0, 200'000.0}) {
      for (const double revenue : {2e5, 5e6, 50e6, 200e6, 1e9, 5e10}) {
        for (const Sector& sector : starter_library().sectors)
          out.push_back({.people = people, .revenue = revenue, .sector = sector.id});
      }
    }
    return out;
  }();
  return kAll;
}

std::vector<const SuggestedRange*> ranges_of(const Suggestion& from) {
  std::vector<const SuggestedRange*> out{&from.frequency};
  for (const SuggestedLoss& loss : from.losses) out.push_back(&loss.range);
  if (from.secondary_loss) out.push_back(&*from.secondary_loss);
  for (const SuggestedControl& control : from.controls) out.push_back(&control.cost_a_year);
  return out;
}

TEST(StarterLibrary, IsReadWithoutAFault) {
  const auto read = read_starter_library(carried_files());
  ASSERT_TRUE(read.has_value()) << read.error().message << "\n" << read.error().detail;
  EXPECT_EQ(read->starters.size(), 20);
  EXPECT_GE(read->sectors.size(), 5);
}

TEST(StarterLibrary, NamesEachThingOnce) {
  const StarterLibrary& library = starter_library();
  std::set<std::string> ids, names;
  for (const Starter& each : library.starters) {
    EXPECT_TRUE(ids.insert(each.id).second) << each.id;
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
  }
  for (const StarterControl& each : library.controls)
    EXPECT_TRUE(ids.insert(each.id).second) << each.id;
}

TEST(StarterLibrary, UsesEverySourceAndControl) {
  const StarterLibrary& library = starter_library();
  std::set<std::string> sources, controls;
  const auto see = [&](const std::vector<RangePart>& parts) {
    for (const RangePart& part : parts) sources.insert(part.sources.begin(), part.sources.end());
  };
  for (const Starter& each : library.starters) {
    see(each.frequency);
    for (const StarterLoss& loss : each.losses) see(loss.parts);
    if (each.secondary) see(each.secondary->parts);
    for (const StarterReduction& reduction : each.controls) controls.insert(reduction.control);
  }
  for (const Source& source : library.sources) {
    EXPECT_TRUE(sources.contains(source.id)) << source.id;
    EXPECT_TRUE(source.link.starts_with("https://")) << source.id;
  }
  for (const StarterControl& control : library.controls)
    EXPECT_TRUE(controls.contains(control.id)) << control.id;
}

// A judgement is wide: its ends lie a factor of two apart at least; shares and counts that follow
// from headcount are exempt, as half to all of a number is all there is.
TEST(StarterLibrary, SaysItsJudgementsWide) {
  for (const Starter& each : starter_library().starters) {
    const auto check = [&](const std::vector<RangePart>& parts) {
      for (const RangePart& part : parts) {
        if (part.evidence == Evidence::judgement)
          EXPECT_GE(part.high, 2 * part.low) << each.id << ": " << part.what;
      }
    };
    check(each.frequency);
    for (const StarterLoss& loss : each.losses) check(loss.parts);
    if (each.secondary) check(each.secondary->parts);
  }
}

TEST(StarterLibrary, GivesRangesThatCanBeMeantToAnyFirm) {
  for (const Profile& profile : profiles()) {
    std::vector<Suggestion> all;
    for (const Starter& each : starter_library().starters) {
      all.push_back(suggestion_for(starter_library(), each, profile));
      for (const SuggestedRange* range : ranges_of(all.back())) {
        ASSERT_TRUE(std::isfinite(range->low) && range->low > 0) << each.id;
        ASSERT_LT(range->low, range->high) << each.id;
        ASSERT_TRUE(faults_of(estimate_of(*range)).empty()) << each.id;
      }
    }
    const auto prepared = prepare(register_of(all, Currency()), 1);
    ASSERT_TRUE(prepared.has_value()) << prepared.error().message;
  }
}

// More people or more revenue never make anything rarer or cheaper.
TEST(StarterLibrary, NeverFallsWithSize) {
  const auto at_least = [](const Suggestion& small, const Suggestion& large) {
    const auto a = ranges_of(small), b = ranges_of(large);
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_LE(a[i]->low, b[i]->low * 1.0000001) << small.starter->id;
      EXPECT_LE(a[i]->high, b[i]->high * 1.0000001) << small.starter->id;
    }
  };
  for (const Profile& profile : profiles()) {
    Profile more_people = profile, more_revenue = profile;
    more_people.people *= 3;
    more_revenue.revenue *= 3;
    for (const Starter& each : starter_library().starters) {
      const Suggestion from = suggestion_for(starter_library(), each, profile);
      at_least(from, suggestion_for(starter_library(), each, more_people));
      at_least(from, suggestion_for(starter_library(), each, more_revenue));
    }
  }
}

// The worked example of docs/method/starter-scenarios.md.
TEST(StarterLibrary, FitsRansomwareAsTheMethodPageSays) {
  const Suggestion from = suggestion_for(starter_library(), *starter_library().find("ransomware"),
                                         {.people = 900, .revenue = 200e6, .sector = "general"});
  EXPECT_NEAR(from.frequency.low, 0.01, 1e-9);
  EXPECT_NEAR(from.frequency.high, 0.078, 1e-9);
  const auto work = std::ranges::find(from.losses, "productivity_loss", &SuggestedLoss::field);
  ASSERT_NE(work, from.losses.end());
  EXPECT_NEAR(work->range.low, 160'000, 1);
  EXPECT_NEAR(work->range.high, 4.1e6, 1);
}

// For the firms that the library is made for, a year of all of it costs between a fifth of a
// hundredth and five hundredths of a year's revenue on average: neither noise nor ruin.
TEST(StarterLibrary, CostsAPlausibleShareOfRevenue) {
  struct Firm {
    double people, revenue;
  };
  for (const Firm firm : {Firm{40, 5e6}, Firm{250, 50e6}, Firm{900, 200e6}, Firm{5000, 1e9}}) {
    for (const Sector& sector : starter_library().sectors) {
      std::vector<Suggestion> all;
      for (const Starter& each : starter_library().starters)
        all.push_back(
            suggestion_for(starter_library(), each,
                           {.people = firm.people, .revenue = firm.revenue, .sector = sector.id}));
      const Register wanted = register_of(all, Currency());
      double mean = 0;
      for (const Scenario& each : wanted.scenarios)
        mean += expected_loss(wanted, each).value_or(NAN);
      EXPECT_GT(mean, 0.002 * firm.revenue) << sector.id << " " << firm.people;
      EXPECT_LT(mean, 0.05 * firm.revenue) << sector.id << " " << firm.people;
    }
  }
}

// --- what is refused ----------------------------------------------------------------------------

// The carried files with one text replaced in one of them.
Result<StarterLibrary> with(std::string_view name, const std::string& from, const std::string& to) {
  std::string text(carried_text(name).value_or(""));
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << name << " " << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  std::vector<CarriedFile> files(carried_files().begin(), carried_files().end());
  std::ranges::find(files, name, &CarriedFile::name)->text = text;
  return read_starter_library(files);
}

struct Broken {
  const char* what;
  const char* file;
  const char* from;
  const char* to;
  const char* says;
};

TEST(StarterLibrary, RefusesWhatItCannotStandFor) {
  const std::vector<Broken> all = {
      {"an unknown field", "fine.json", "\"kind\"", "\"kid\"", "kid"},
      {"ends out of order", "ransomware.json", "\"high\": 0.06", "\"high\": 0.006", "below high"},
      {"a source nobody knows", "ransomware.json", "\"eurostat-2021\"", "\"eurostat\"", "eurostat"},
      {"a judgement with a source", "ransomware.json", "\"evidence\": \"published\"",
       "\"evidence\": \"judgement\"", "none for a judgement"},
      {"a measurement that the data do not give", "programme-overrun.json", "\"low\": 0.21",
       "\"low\": 0.3", "uk.grew.p05"},
      {"a measurement without its number", "programme-overrun.json", "uk.grew.p05", "uk.grew.p06",
       "measured.json"},
      {"a control nobody knows", "fine.json", "rules-register", "rules", "library.json"},
      {"a field that is no loss", "fine.json", "fines_loss", "fine_loss", "fine_loss"},
      {"a share above 1", "fine.json", "\"high\": 0.5", "\"high\": 1.5", "1.5"},
      {"a file that is missing", "library.json", "\"fine\"", "\"fines\"", "no such file"}};
  for (const Broken& each : all) {
    const auto read = with(each.file, each.from, each.to);
    ASSERT_FALSE(read.has_value()) << each.what;
    EXPECT_EQ(read.error().code, "risk.bad_library") << each.what;
    const std::string said = read.error().message + "\n" + read.error().detail;
    EXPECT_NE(said.find(each.says), std::string::npos) << each.what << ": " << said;
  }
}

// --- the questions ------------------------------------------------------------------------------

TEST(Questions, AreEnoughForASecondAndAThirdRound) {
  const auto read = read_questions(carried_text("questions.json").value_or(""));
  ASSERT_TRUE(read.has_value()) << read.error().message << "\n" << read.error().detail;
  EXPECT_GE(read->size(), 40);
  for (const Question& each : *read) {
    EXPECT_TRUE(each.text.ends_with("?")) << each.id;
    EXPECT_EQ(each.id.find(' '), std::string::npos);
    if (each.unit == "year") {
      EXPECT_EQ(each.answer, std::floor(each.answer)) << each.id;
      EXPECT_EQ(each.scale, 100) << each.id;
    }
  }
}

TEST(Questions, ANewRoundAsksWhatWasNotAskedBefore) {
  std::vector<std::string> asked;
  std::set<std::string> seen;
  const std::size_t fresh_rounds = questions().size() / kRound;
  for (std::size_t round = 0; round < fresh_rounds; ++round) {
    const auto next = next_round("dana", asked);
    ASSERT_EQ(next.size(), kRound);
    for (const Question* each : next) {
      EXPECT_TRUE(seen.insert(each->id).second) << each->id << " came again";
      asked.push_back(each->id);
    }
  }
  // Then what is left, and after it those asked longest ago.
  const auto again = next_round("dana", asked);
  const std::size_t left = questions().size() % kRound;
  std::set<std::string> first_asked(asked.begin(), asked.begin() + kRound);
  for (std::size_t i = left; i < kRound; ++i)
    EXPECT_TRUE(first_asked.contains(again[i]->id)) << again[i]->id;
}

TEST(Questions, ARoundIsThePersonsOwnAndStays) {
  const auto ids = [](std::string_view person) {
    std::vector<std::string> out;
    for (const Question* each : next_round(person, {})) out.push_back(each->id);
    return out;
  };
  EXPECT_EQ(ids("dana"), ids("dana"));
  EXPECT_NE(ids("dana"), ids("mira"));
}

}  // namespace
}  // namespace tiebeam::risk
