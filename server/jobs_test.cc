#include "server/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace tiebeam::server {
namespace {

std::string id_of(const Json& job) { return *job.find("id")->if_string(); }

Json start(Jobs& jobs) {
  auto started = jobs.start("alpha", "import", "Import of a.csv",
                            [](Job& /*job*/) -> std::expected<Json, Refused> { return Json(); });
  EXPECT_TRUE(started);
  return started ? *std::move(started) : Json::object({{"id", ""}});
}

void until_all_are_over(const Jobs& jobs) {
  while (jobs.running() > 0) std::this_thread::yield();
}

Instant never() { return Instant{}; }

TEST(Jobs, AnIdOfAnEarlierRunIsNobodysNow) {
  std::string earlier;
  {
    Jobs jobs(never, {});
    earlier = id_of(start(jobs));
  }
  Jobs jobs(never, {});
  const std::string now = id_of(start(jobs));
  EXPECT_TRUE(now.starts_with("job_"));
  EXPECT_NE(now, earlier);
  EXPECT_FALSE(jobs.find("alpha", earlier));
  EXPECT_TRUE(jobs.find("alpha", now));
}

TEST(Jobs, TheyAreListedInTheOrderTheyWereAskedFor) {
  Jobs jobs(never, {});
  std::vector<std::string> asked, listed;
  for (int i = 0; i < 12; ++i) asked.push_back(id_of(start(jobs)));
  for (const Json& job : jobs.all("alpha")) listed.push_back(id_of(job));
  EXPECT_EQ(listed, asked);
}

TEST(Jobs, TheOldestIsForgottenFirst) {
  Jobs jobs(never, {});
  const std::string first = id_of(start(jobs));
  const std::string second = id_of(start(jobs));
  for (int i = 0; i < 198; ++i) (void)start(jobs);
  until_all_are_over(jobs);
  (void)start(jobs);
  EXPECT_FALSE(jobs.find("alpha", first));
  EXPECT_TRUE(jobs.find("alpha", second));
}

TEST(Jobs, WhatIsNotOverIsNeverForgotten) {
  std::atomic<bool> may_end = false;
  Jobs jobs(never, {});
  const auto slow = [&](Job& /*job*/) -> std::expected<Json, Refused> {
    while (!may_end) std::this_thread::yield();
    return Json();
  };
  std::vector<std::string> ids;
  for (int i = 0; i < 200; ++i) {
    const auto started = jobs.start("alpha", "import", "Import of a.csv", slow);
    ASSERT_TRUE(started);
    ids.push_back(id_of(*started));
  }
  const auto refused = jobs.start("alpha", "import", "Import of a.csv", slow);
  may_end = true;
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 429);
  const Error& error = refused.error().errors.front();
  EXPECT_EQ(error.code, "job.too_many");
  EXPECT_FALSE(error.hint.empty() || error.found.empty() || error.expected.empty());
  for (const std::string& id : ids) EXPECT_TRUE(jobs.find("alpha", id)) << id;
  until_all_are_over(jobs);
  EXPECT_TRUE(jobs.start("alpha", "import", "Import of a.csv", slow));
  EXPECT_FALSE(jobs.find("alpha", ids.front()));
}

}  // namespace
}  // namespace tiebeam::server
