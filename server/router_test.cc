#include "server/router.h"

#include <gtest/gtest.h>

namespace tiebeam::server {
namespace {

Route route(std::string id, Method method, std::string path) {
  Route out;
  out.id = std::move(id);
  out.method = method;
  out.path = std::move(path);
  return out;
}
Router usual() {
  Router out;
  out.add(route("records.list", Method::get, "/orgs/{org}/records/{type}"));
  out.add(route("records.add", Method::post, "/orgs/{org}/records/{type}"));
  out.add(route("records.get", Method::get, "/orgs/{org}/records/{type}/{id}"));
  out.add(route("records.schema", Method::get, "/orgs/{org}/records/schema"));
  out.add(route("orgs.list", Method::get, "/orgs"));
  return out;
}
using Segments = std::vector<std::string>;

std::string id_of(const Router& router, Method method, const Segments& segments) {
  const auto found = router.find(method, segments);
  return found.route ? found.route->id : "";
}

TEST(Router, FindsByMethodAndPath) {
  const Router router = usual();
  EXPECT_EQ(id_of(router, Method::get, {"api", "v1", "orgs"}), "orgs.list");
  EXPECT_EQ(id_of(router, Method::head, {"api", "v1", "orgs"}), "orgs.list");
  const Segments records = {"api", "v1", "orgs", "acme", "records", "risk"};
  EXPECT_EQ(id_of(router, Method::get, records), "records.list");
  EXPECT_EQ(id_of(router, Method::post, records), "records.add");
  const auto found = router.find(Method::get, {"api", "v1", "orgs", "a", "records", "b", "c d"});
  ASSERT_TRUE(found.route);
  EXPECT_EQ(found.captured.at("org"), "a");
  EXPECT_EQ(found.captured.at("type"), "b");
  EXPECT_EQ(found.captured.at("id"), "c d");
  EXPECT_TRUE(found.other.empty());
}

TEST(Router, AWordGoesBeforeACapture) {
  const Router router = usual();
  const Segments schema = {"api", "v1", "orgs", "a", "records", "schema"};
  EXPECT_EQ(id_of(router, Method::get, schema), "records.schema");
  EXPECT_EQ(id_of(router, Method::post, schema), "records.add");
}

TEST(Router, OtherMethodsOfAPathAreTold) {
  const Router router = usual();
  const auto found = router.find(Method::del, {"api", "v1", "orgs", "a", "records", "b"});
  EXPECT_FALSE(found.route);
  EXPECT_EQ(found.other, (std::vector{Method::get, Method::post}));
}

TEST(Router, WhatIsNotThereIsNotFound) {
  const Router router = usual();
  for (const Segments& segments :
       {Segments{}, Segments{"orgs"}, Segments{"api", "v1"}, Segments{"api", "v2", "orgs"},
        Segments{"api", "v1", "orgs", ""}, Segments{"api", "v1", "orgs", "", "records", "b"},
        Segments{"api", "v1", "org"},
        Segments{"api", "v1", "orgs", "a", "records", "b", "c", "d"}}) {
    const auto found = router.find(Method::get, segments);
    EXPECT_FALSE(found.route);
    EXPECT_TRUE(found.other.empty());
  }
}

TEST(Router, TwoRoutesNeverMeanTheSame) {
  Router router = usual();
  EXPECT_THROW(router.add(route("orgs.list", Method::get, "/x")), Bug);
  EXPECT_THROW(router.add(route("x", Method::get, "/orgs/{a}/records/{b}")), Bug);
  EXPECT_THROW(router.add(route("x", Method::get, "orgs")), Bug);
  EXPECT_THROW(router.add(route("x", Method::get, "/x/")), Bug);
}

}  // namespace
}  // namespace tiebeam::server
