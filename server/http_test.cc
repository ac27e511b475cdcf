#include "server/http.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace tiebeam::server {
namespace {

TEST(Http, WhatIsNotThereIsEmpty) {
  Request request;
  request.headers = {{"accept", "a"}, {"accept", "b"}};
  request.query = {{"flag", ""}, {"x", "1"}};
  request.captured = {{"org", "self"}};
  EXPECT_EQ(request.header("accept"), "a");
  EXPECT_EQ(request.header("host"), "");
  EXPECT_EQ(request.param("x"), "1");
  EXPECT_EQ(request.param("y"), "");
  EXPECT_TRUE(request.has_param("flag"));
  EXPECT_FALSE(request.has_param("y"));
  EXPECT_EQ(request.capture("org"), "self");
  EXPECT_THROW(static_cast<void>(request.capture("key")), Bug);
}

TEST(Http, ABodyKeepsItsBytes) {
  Body copy;
  {
    const Body body(std::string(100, 'x'));
    copy = body;
  }
  EXPECT_EQ(copy.bytes, std::string(100, 'x'));
  auto text = std::make_shared<const std::string>("shared");
  const Body shared = Body::shared(text);
  EXPECT_EQ(shared.bytes.data(), text->data());
  EXPECT_EQ(Body::shared(nullptr).bytes, "");
  EXPECT_EQ(Body::fixed("fixed").bytes, "fixed");
}

TEST(Http, MethodsAreNamed) {
  EXPECT_EQ(method_name(Method::del), "DELETE");
  EXPECT_TRUE(is_safe(Method::head));
  EXPECT_FALSE(is_safe(Method::options));
}

}  // namespace
}  // namespace tiebeam::server
