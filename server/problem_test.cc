#include "server/problem.h"

#include <gtest/gtest.h>

namespace tiebeam::server {
namespace {

Error error(Kind kind, std::string code, std::string field = {}) {
  return {.kind = kind,
          .code = std::move(code),
          .message = "cannot add USD to EUR",
          .detail = "line 3",
          .hint = "convert one",
          .field = std::move(field),
          .found = "found",
          .expected = "one currency"};
}
Json read(const Response& response) {
  EXPECT_EQ(response.type, "application/problem+json");
  auto parsed = parse_json(response.body.bytes);
  return parsed ? *parsed : Json();
}
std::string text(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  return found && found->if_string() ? *found->if_string() : "";
}

TEST(Problem, TheKindDecidesTheStatus) {
  EXPECT_EQ(status_of(error(Kind::invalid, "money.bad")), 422);
  EXPECT_EQ(status_of(error(Kind::invalid, "json.syntax")), 400);
  EXPECT_EQ(status_of(error(Kind::invalid, "http.malformed")), 400);
  EXPECT_EQ(status_of(error(Kind::not_found, "x")), 404);
  EXPECT_EQ(status_of(error(Kind::conflict, "x")), 409);
  EXPECT_EQ(status_of(error(Kind::forbidden, "http.foreign_host")), 403);
  EXPECT_EQ(status_of(error(Kind::unavailable, "x")), 503);
  EXPECT_EQ(status_of(error(Kind::internal, "x")), 500);
}

TEST(Problem, AFormShowsAllItsFaults) {
  Request request;
  request.id = "req_1";
  Refused refused(
      std::vector{error(Kind::invalid, "a.b", "/x"), error(Kind::invalid, "c.d", "/y")});
  refused.extra = Json::object({{"current", 7}});
  const Response response = problem(refused, request);
  EXPECT_EQ(response.status, 422);
  const Json body = read(response);
  EXPECT_EQ(text(body, "title"), "Unprocessable Content");
  EXPECT_EQ(text(body, "detail"), "cannot add USD to EUR");
  EXPECT_EQ(text(body, "code"), "a.b");
  EXPECT_EQ(text(body, "hint"), "convert one");
  EXPECT_EQ(text(body, "instance"), "req_1");
  const Json* faults = body.find("errors");
  ASSERT_TRUE(faults && faults->if_array());
  ASSERT_EQ(faults->if_array()->size(), 2);
  EXPECT_EQ(text((*faults->if_array())[1], "pointer"), "/y");
  EXPECT_EQ(text((*faults->if_array())[1], "found"), "found");
  EXPECT_EQ(text((*faults->if_array())[1], "expected"), "one currency");
  EXPECT_EQ(text((*faults->if_array())[1], "more"), "line 3");
  EXPECT_TRUE(body.find("current"));
}

TEST(Problem, WhatBrokeInsideIsNotDetailed) {
  const Response response = problem(Refused(error(Kind::internal, "internal")), Request{});
  EXPECT_EQ(response.status, 500);
  EXPECT_FALSE(response.body.bytes.contains("found"));
}

TEST(Problem, AStatusMayBeGiven) {
  Refused refused(error(Kind::conflict, "record.changed"));
  refused.status = 412;
  EXPECT_EQ(problem(refused, Request{}).status, 412);
  const Json late = read(problem(408, error(Kind::invalid, "http.too_slow"), "req_2"));
  EXPECT_EQ(text(late, "instance"), "req_2");
  EXPECT_EQ(text(late, "hint"), "convert one");
  ASSERT_EQ(late.find("errors")->if_array()->size(), 1u);
}

TEST(Problem, OfManyFaultsTheFirstAreTold) {
  const Refused many(std::vector<Error>(13'000, error(Kind::invalid, "a.b", "/x")));
  const Response response = problem(many, Request{});
  EXPECT_LT(response.body.bytes.size(), 30'000u);
  const Json body = read(response);
  ASSERT_EQ(body.find("errors")->if_array()->size(), 101u);
  EXPECT_EQ(text(body.find("errors")->if_array()->back(), "code"), "file.more_faults");
}

}  // namespace
}  // namespace tiebeam::server
