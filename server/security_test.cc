#include "server/security.h"

#include <gtest/gtest.h>

namespace tiebeam::server {
namespace {

const Authority kOwn = Authority::loopback(8460);

Request request(Method method, Pairs headers, std::string body = {}) {
  Request out;
  out.method = method;
  out.headers = {{"host", "127.0.0.1:8460"}};
  out.headers.insert(out.headers.end(), headers.begin(), headers.end());
  out.body = std::move(body);
  return out;
}
std::string refusal(const Request& asked) {
  const auto error = refused_by_origin(kOwn, asked);
  EXPECT_TRUE(!error || error->kind == Kind::forbidden);
  EXPECT_TRUE(!error || (!error->found.empty() && !error->expected.empty())) << error->code;
  return error ? error->code : "";
}
constexpr std::array kUnsafe = {Method::post, Method::put, Method::del, Method::options,
                                Method::other};

TEST(Security, OnlyOwnNamesAreAnsweredTo) {
  for (const auto* host : {"127.0.0.1:8460", "localhost:8460", "LocalHost:8460", "[::1]:8460"}) {
    EXPECT_EQ(refusal([&] {
                Request out = request(Method::get, {});
                out.headers[0].second = host;
                return out;
              }()),
              "")
        << host;
  }
  for (const auto* host :
       {"", "evil.example", "localhost", "localhost:80", "127.0.0.1:8460.evil", "127.0.0.2:8460"}) {
    Request asked = request(Method::get, {});
    asked.headers[0].second = host;
    EXPECT_EQ(refusal(asked), "http.foreign_host") << host;
  }
  EXPECT_EQ(Authority::loopback(80).hosts.size(), 6);
}

TEST(Security, AProgramMayWrite) {
  for (const Method method : kUnsafe) {
    EXPECT_EQ(refusal(request(method, {})), "");
    EXPECT_EQ(refusal(request(method, {{"content-type", "application/json"}}, "{}")), "");
  }
}

TEST(Security, TheOwnPageMayWrite) {
  for (const auto* origin : {"http://127.0.0.1:8460", "http://localhost:8460"}) {
    EXPECT_EQ(refusal(request(Method::post,
                              {{"origin", origin},
                               {"sec-fetch-site", "same-origin"},
                               {"content-type", "application/json; charset=utf-8"}},
                              "{}")),
              "");
  }
}

TEST(Security, AForeignPageMayNot) {
  for (const Method method : kUnsafe) {
    for (const auto* origin : {"http://evil.example", "null", "https://127.0.0.1:8460",
                               "http://127.0.0.1", "http://127.0.0.1:8460.evil", "file://"}) {
      EXPECT_EQ(refusal(request(method, {{"origin", origin}})), "http.foreign_origin") << origin;
    }
    for (const auto* site : {"cross-site", "same-site", "none"}) {
      EXPECT_EQ(refusal(request(method, {{"sec-fetch-site", site}})), "http.foreign_site") << site;
      EXPECT_EQ(
          refusal(request(method, {{"origin", "http://localhost:8460"}, {"sec-fetch-site", site}})),
          "http.foreign_site");
    }
  }
  EXPECT_EQ(refusal(request(Method::get,
                            {{"origin", "http://evil.example"}, {"sec-fetch-site", "cross-site"}})),
            "");
}

TEST(Security, BodiesThatAnyPageCouldSendAreRefused) {
  for (const Method method : kUnsafe) {
    for (const auto* type : {"text/plain", "Text/Plain;charset=utf-8", "multipart/form-data; b=x",
                             "application/x-www-form-urlencoded", ""}) {
      EXPECT_EQ(refusal(request(method, {{"content-type", type}}, "x")), "http.body_type") << type;
    }
    EXPECT_EQ(refusal(request(method, {}, "x")), "http.body_type");
    EXPECT_EQ(refusal(request(method, {{"content-length", "5"}})), "http.body_type");
    EXPECT_EQ(refusal(request(method, {{"content-length", "0"}})), "");
    EXPECT_EQ(refusal(request(method, {{"content-type", "text/csv"}}, "x")), "");
  }
  Request upload = request(Method::post, {{"content-type", "text/plain"}});
  upload.body_file = "/somewhere";
  EXPECT_EQ(refusal(upload), "http.body_type");
}

TEST(Security, AnAnswerKeepsItsOwnCacheRuleOnly) {
  Response response;
  response.headers = {{"cache-control", "no-cache"}, {"x-frame-options", "ALLOW"}};
  secure(response);
  EXPECT_EQ(response.header("cache-control"), "no-cache");
  EXPECT_EQ(response.header("Cache-Control"), "");
  EXPECT_EQ(response.header("x-frame-options"), "");
  EXPECT_EQ(response.header("X-Frame-Options"), "DENY");
  const std::size_t size = response.headers.size();
  secure(response);
  EXPECT_EQ(response.headers.size(), size);
}

}  // namespace
}  // namespace tiebeam::server
