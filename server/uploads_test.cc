#include "server/uploads.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/test_support.h"

namespace tiebeam::server {
namespace {
namespace fs = std::filesystem;

constexpr Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

class UploadsTest : public testing::Test {
 protected:
  std::string arrived(const std::string& text) {
    std::string path = folder_ / "arrived";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // As a program that was started anew sees them.
  [[nodiscard]] std::string waiting() const { return folder_ / "waiting"; }
  Result<Waiting> keep(Uploads& uploads, const std::string& name, const std::string& text = "a,b\n",
                       Instant at = kNow) {
    return uploads.keep({.organisation = "alpha", .name = name, .at = at, .is_resumable = true},
                        arrived(text));
  }
  TestFolder folder_;
};

TEST_F(UploadsTest, AFileOutlivesTheProgramThatTookIt) {
  std::string id;
  {
    Uploads uploads(waiting());
    auto held = keep(uploads, "jira export.csv", "key,created\n");
    ASSERT_TRUE(held.has_value()) << held.error().message;
    id = held->id;
    held->answers = Json::object({{"date_order", "day-first"}});
    ASSERT_TRUE(uploads.remember(*held).has_value());
    ASSERT_TRUE(uploads.put(*held, Uploads::kRejects, "line\n").has_value());
  }
  Uploads again(waiting());
  const auto found = again.find("alpha", id);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->name, "jira export.csv");
  EXPECT_EQ(found->bytes, 12);
  EXPECT_EQ(found->at, kNow);
  EXPECT_TRUE(found->is_resumable);
  EXPECT_EQ(write_json(found->answers), R"({"date_order":"day-first"})");
  EXPECT_EQ(again.get(*found, Uploads::kRejects), "line\n");
  EXPECT_EQ(again.list("alpha").size(), 1U);
}

TEST_F(UploadsTest, AnotherOrganisationNeverSeesIt) {
  Uploads uploads(waiting());
  const auto held = keep(uploads, "a.csv");
  ASSERT_TRUE(held.has_value());
  EXPECT_EQ(uploads.find("beta", held->id).error().code, "import.no_such_upload");
  EXPECT_TRUE(uploads.list("beta").empty());
}

TEST_F(UploadsTest, IdsThatAreNoneReachNoFile) {
  Uploads uploads(waiting());
  ASSERT_TRUE(keep(uploads, "a.csv").has_value());
  for (const char* id : {"", "..", "prv_", "../../etc/passwd", "prv_../../../../etc/pa",
                         "prv_00000000000000000", "prv_000000000000000g"})
    EXPECT_FALSE(uploads.find("alpha", id).has_value()) << id;
}

TEST_F(UploadsTest, NamesThatAreNoneAreRefused) {
  Uploads uploads(waiting());
  for (const std::string& name : {std::string(), std::string("."), std::string(".."),
                                  std::string("a/.."), std::string(201, 'x'), std::string("\xff")})
    EXPECT_EQ(keep(uploads, name).error().code, "import.bad_file_name") << name;
  const auto held = keep(uploads, "C:\\exports\\a.csv");
  ASSERT_TRUE(held.has_value());
  EXPECT_EQ(held->name, "a.csv");
}

TEST_F(UploadsTest, TooManyOrTooLargeAreRefusedAndTakeNothing) {
  Uploads uploads(waiting(), {.bytes = 10, .files = 2});
  ASSERT_TRUE(keep(uploads, "a.csv", "1234").has_value());
  EXPECT_EQ(keep(uploads, "b.csv", "1234567").error().code, "import.too_many_waiting");
  ASSERT_TRUE(keep(uploads, "c.csv", "12").has_value());
  EXPECT_EQ(keep(uploads, "d.csv", "1").error().code, "import.too_many_waiting");
  EXPECT_EQ(uploads.list("alpha").size(), 2U);
}

TEST_F(UploadsTest, WhatIsAWeekOldGoes) {
  Uploads uploads(waiting());
  const auto old = keep(uploads, "old.csv", "x", kNow - std::chrono::hours{24 * 8});
  const auto young = keep(uploads, "young.csv", "x", kNow - std::chrono::hours{24 * 6});
  ASSERT_TRUE(old && young);
  uploads.drop_old(kNow);
  EXPECT_FALSE(uploads.find("alpha", old->id).has_value());
  EXPECT_TRUE(uploads.find("alpha", young->id).has_value());
}

TEST_F(UploadsTest, WhatWasNotAcknowledgedIsNoUpload) {
  Uploads uploads(waiting());
  const auto held = keep(uploads, "a.csv");
  ASSERT_TRUE(held.has_value());
  const fs::path descriptor = fs::path(waiting()) / held->id / "upload.json";
  std::ofstream(descriptor, std::ios::trunc) << "{\"organisation\":";
  EXPECT_FALSE(uploads.find("alpha", held->id).has_value());
  fs::remove(descriptor);
  EXPECT_TRUE(uploads.list("alpha").empty());
  uploads.drop_old(kNow);  // it may be just being made by another program
  EXPECT_TRUE(fs::exists(descriptor.parent_path()));
}

}  // namespace
}  // namespace tiebeam::server
