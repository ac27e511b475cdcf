// The engine on 59 354 real events. Expected numbers: data sheet of the slice and issue 2.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "base/text.h"
#include "ingest/byte_source.h"
#include "rooms/flow/engine/people_load/people_load.h"
#include "rooms/flow/engine/report.h"
#include "rooms/flow/engine/test_log.h"
#include "rooms/flow/engine/unplanned/unplanned.h"

namespace tiebeam::flow {
namespace {

// The slice is read here without the rest of the importers, so that the engine's numbers on it do
// not depend on them. The file has no quotes; "?" is missing; dates are day first.
constexpr std::string_view kServiceNowMap = R"(order = ["New", "Active", "Resolved", "Closed"]
[states]
"New" = "wait"
"Resolved" = "wait"
"Active" = "active"
"Awaiting *" = "blocked"
"Closed" = "done"
)";

std::optional<std::string> unpacked(const std::string& path) {
  auto source = ingest::ByteSource::open(path, 1 << 16, {}, {});
  if (!source) return std::nullopt;
  std::string out;
  std::vector<char> block(1 << 16);
  while (true) {
    const Result<std::size_t> got = source->read(block);
    if (!got) return std::nullopt;
    if (*got == 0) return out;
    out.append(block.data(), *got);
  }
}

// "29/2/2016 01:16" as UTC.
Instant slice_time(std::string_view text) {
  int day = 0, month = 0, year = 0, hour = 0, minute = 0;
  TB_CHECK(std::sscanf(std::string(text).c_str(), "%d/%d/%d %d:%d", &day, &month, &year, &hour,
                       &minute) == 5,
           "the slice writes day/month/year hour:minute");
  const auto date = std::chrono::year{year} / month / day;
  return Instant{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
         std::chrono::minutes{minute};
}

// The slice as an organisation, or nothing when the file is not there.
std::optional<testing::Org> read_slice() {
  std::optional<std::string> text;
  for (const char* path :
       {TIEBEAM_SOURCE_DIR "/sample/incident_event_log_2016Q1.csv.gz",
        TIEBEAM_SOURCE_DIR "/../shared/data/uci_incident/incident_event_log_2016Q1.csv.gz"}) {
    if (!text) text = unpacked(path);
  }
  if (!text) return std::nullopt;
  testing::Org org;
  org.import(kServiceNowMap);
  bool is_header = true;
  std::string last_created;
  for (const std::string_view line : split_at(*text, '\n')) {
    const auto cells = split_at(line, ',');
    if (!is_header && cells.size() == 36) {
      const auto known = [&](std::size_t i) {
        return cells[i] == "?" ? std::string_view{} : cells[i];
      };
      org.event(cells[0], slice_time(cells[13]), cells[1], known(23), known(24),
                parse_integer(cells[5]).value_or(0));
      if (last_created != cells[0]) org.created(cells[0], slice_time(cells[9]), "incident");
      last_created = cells[0];
    }
    is_header = false;
  }
  return org;
}

const Figure& figure(const FlowReport& report, std::string_view key) {
  return *std::ranges::find(report.figures, key, &Figure::key);
}

class Slice : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { org_ = read_slice(); }
  static void TearDownTestSuite() { org_.reset(); }
  void SetUp() override {
    if (!org_) GTEST_SKIP() << "the slice is not on this machine";
  }
  static FlowReport as_of(std::string_view date) {
    Asked asked;
    if (!date.empty()) asked.as_of = testing::at(date);
    return compute_report(org_->snapshot(), asked);
  }
  static std::optional<testing::Org> org_;
};
std::optional<testing::Org> Slice::org_;

TEST_F(Slice, GivesTheReferenceNumbers) {
  const FlowReport report = as_of("");
  const auto number = [&](std::string_view key) { return figure(report, key).number(); };
  EXPECT_EQ(number("flow.items"), 9202);
  EXPECT_EQ(number("flow.events"), 59354);
  EXPECT_EQ(number("flow.handoffs.team"), 8289);
  EXPECT_EQ(number("flow.handoffs.person"), 2231);
  EXPECT_NEAR(number("flow.lead_time.p50"), 11.7632, 5e-5);
  EXPECT_NEAR(number("flow.lead_time.p85"), 22.1014, 5e-5);
  EXPECT_NEAR(number("flow.lead_time.p95"), 50.1437, 5e-5);
  EXPECT_EQ(number("flow.little.residual"), 0);
  EXPECT_EQ(number("flow.unmapped.share"), 0);
  EXPECT_EQ(number("flow.finished") + number("flow.open") + number("flow.cancelled"),
            number("flow.items"));
}

// The same by a program in another language that knows nothing of this one.
TEST_F(Slice, RestsOnAsManyPeopleAsAnIndependentProgramFound) {
  const FlowReport report = as_of("");
  const Concentration found = compute_concentration(report);
  EXPECT_EQ(found.by_person.total, 8554);
  EXPECT_EQ(found.by_person.counts.size(), 165U);
  EXPECT_NEAR(found.by_person.repeat_share().value, 0.02652350125054738, 1e-15);
  EXPECT_EQ(found.by_person.of_largest(10), 3099);
  const PeopleLoad load = compute_people_load(report, found);
  EXPECT_EQ(load.all.events, 54648);
  EXPECT_EQ(load.hidden_events, 5);
  EXPECT_NEAR(*load.all.out_of_hours(), 0.19578026643244034, 1e-15);
  EXPECT_NEAR(*load.all.concurrent(), 3.5406791732478387, 1e-10);
  const Unplanned unplanned = compute_unplanned(report);
  EXPECT_EQ(unplanned.begun.size(), 5733U);
  EXPECT_EQ(unplanned.unplanned, 4427);
}

// Spec, section 5: closed items only are far too optimistic, Kaplan-Meier is not.
TEST_F(Slice, UnfinishedWorkIsForeseenByTheSurvivalCurve) {
  const FlowReport last = as_of("");
  std::map<std::string_view, std::int64_t, std::less<>> needed;
  for (const ItemFlow& flow : last.walked.items) {
    needed.emplace(last.log.key_of(last.log.items[flow.item]), flow.finish - flow.commit);
  }
  for (const char* date : {"2016-05-01", "2016-05-15"}) {
    const FlowReport report = as_of(date);
    std::vector<std::int64_t> truth;
    for (const ItemFlow& flow : report.walked.items) {
      truth.push_back(needed.at(report.log.key_of(report.log.items[flow.item])));
    }
    std::ranges::sort(truth);
    const double p95 = days_of(quant::inverse_ecdf(std::span<const std::int64_t>(truth), 0.95));
    EXPECT_NEAR(figure(report, "flow.cycle_time.km.p95").number() / p95, 1, 0.1) << date;
    EXPECT_LT(figure(report, "flow.cycle_time.p95").number() / p95, 0.7) << date;
  }
}

TEST_F(Slice, ReachesNoQuantileWhileMostWorkIsOpen) {
  const FlowReport report = as_of("2016-03-10");
  const Figure& p95 = figure(report, "flow.cycle_time.km.p95");
  EXPECT_EQ(p95.status, Status::not_reached);
  EXPECT_FALSE(p95.has_value());
  EXPECT_GT(p95.low.value_or(0), 5);
}

}  // namespace
}  // namespace tiebeam::flow
