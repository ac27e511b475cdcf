#include "server/replies.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/test_support.h"

namespace tiebeam::server {
namespace {

// A request whose body went to a file.
class RepliesTest : public testing::Test {
 protected:
  Request sending(const std::string& name, const std::string& bytes) {
    Request out;
    out.method = Method::post;
    out.target = "/api/v1/orgs/alpha/uploads";
    out.headers = {{"idempotency-key", "k"}};
    out.body_file = folder_ / name;
    std::ofstream(out.body_file, std::ios::binary) << bytes;
    return out;
  }
  TestFolder folder_;
};

TEST_F(RepliesTest, AFileIsKnownByItsBytesNotByWhereItLies) {
  const std::string large(std::size_t{3} << 20, 'x');  // several blocks
  const std::string one = hash_of(sending("a", large + "1"));
  EXPECT_EQ(hash_of(sending("b", large + "1")), one);
  EXPECT_NE(hash_of(sending("c", large + "2")), one);
  EXPECT_NE(hash_of(sending("d", "2" + large)), one);
  EXPECT_NE(hash_of(sending("e", large)), one);
  EXPECT_NE(hash_of(sending("f", "")), one);
  Request other = sending("g", large + "1");
  other.target += "?name=x";
  EXPECT_NE(hash_of(other), one);
}

TEST_F(RepliesTest, AFileThatCannotBeReadIsLikeNoOther) {
  Request gone = sending("a", "1");
  gone.body_file = folder_ / "gone";
  Request lost = gone;
  lost.body_file = folder_ / "lost";
  EXPECT_NE(hash_of(gone), hash_of(lost));
  EXPECT_NE(hash_of(gone), hash_of(sending("empty", "")));
}

TEST_F(RepliesTest, AKeyWithAnotherFileIsAnother) {
  Replies replies;
  const Request first = sending("a", "1");
  const Replies::Claim fresh = replies.claim(first);
  EXPECT_FALSE(fresh.before || fresh.is_other);
  Response answer;
  answer.status = 201;
  answer.body = Body(std::string("kept"));
  replies.finish(first, answer);
  const Replies::Claim again = replies.claim(sending("b", "1"));
  ASSERT_TRUE(again.before);
  EXPECT_EQ(again.before->body.bytes, "kept");
  EXPECT_TRUE(replies.claim(sending("c", "2")).is_other);
}

TEST_F(RepliesTest, WhatFailedMayBeTriedAgain) {
  Replies replies;
  const Request first = sending("a", "1");
  static_cast<void>(replies.claim(first));
  Response answer;
  answer.status = 503;
  replies.finish(first, answer);
  EXPECT_FALSE(replies.claim(first).before);
}

}  // namespace
}  // namespace tiebeam::server
