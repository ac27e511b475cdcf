#include "server/jobs.h"

#include <gtest/gtest.h>

namespace tiebeam::server {
namespace {

std::string id_of(const Json& job) { return *job.find("id")->if_string(); }

Json start(Jobs& jobs) {
  return jobs.start("alpha", "import", "Import of a.csv",
                    [](Job& /*job*/) -> std::expected<Json, Refused> { return Json(); });
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
  for (int i = 0; i < 199; ++i) (void)start(jobs);
  EXPECT_FALSE(jobs.find("alpha", first));
  EXPECT_TRUE(jobs.find("alpha", second));
}

}  // namespace
}  // namespace tiebeam::server
