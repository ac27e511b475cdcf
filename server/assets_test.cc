#include "server/assets.h"

#include <gtest/gtest.h>

#include "base/hash.h"

namespace tiebeam::server {
namespace {

constexpr std::array kFiles = {Asset{.path = "/assets/index-3fA2bcde.js",
                                     .type = "text/javascript; charset=utf-8",
                                     .etag = "\"js\"",
                                     .raw = "raw script",
                                     .gzip = "zip",
                                     .is_hashed = true},
                               Asset{.path = "/icon.svg",
                                     .type = "image/svg+xml",
                                     .etag = "\"svg\"",
                                     .raw = "<svg/>",
                                     .gzip = {},
                                     .is_hashed = false},
                               Asset{.path = "/index.html",
                                     .type = "text/html; charset=utf-8",
                                     .etag = "\"page\"",
                                     .raw = "page",
                                     .gzip = {},
                                     .is_hashed = false}};

std::optional<Response> ask(std::string path, Pairs headers = {}, Method method = Method::get) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return asset_answer(request, kFiles);
}

TEST(Assets, EveryAddressOfThePageIsThePage) {
  for (const auto* path : {"/", "/index.html", "/o/acme", "/o/acme/figures/flow.items"}) {
    const auto answer = ask(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->body.bytes, "page");
    EXPECT_EQ(answer->header("Cache-Control"), "no-cache");
    EXPECT_EQ(answer->header("ETag"), "\"page\"");
  }
  for (const auto* path : {"/other", "/assets/", "/assets/none.js", "/index", "/oo"}) {
    EXPECT_FALSE(ask(path)) << path;
  }
  EXPECT_FALSE(ask("/", {}, Method::post));
  EXPECT_TRUE(ask("/", {}, Method::head));
}

TEST(Assets, WhoTakesGzipGetsIt) {
  for (const auto* taken : {"gzip", "deflate, gzip;q=0.5", "*", "br, gzip"}) {
    const auto answer = ask("/assets/index-3fA2bcde.js", {{"accept-encoding", taken}});
    EXPECT_EQ(answer->body.bytes, "zip") << taken;
    EXPECT_EQ(answer->header("Content-Encoding"), "gzip");
    EXPECT_EQ(answer->header("ETag"), "\"js-gz\"");
    EXPECT_EQ(answer->header("Vary"), "Accept-Encoding");
  }
  for (const auto* refused : {"", "br", "gzip;q=0", "gzip;q=0.000"}) {
    const auto answer = ask("/assets/index-3fA2bcde.js", {{"accept-encoding", refused}});
    EXPECT_EQ(answer->body.bytes, "raw script") << refused;
    EXPECT_EQ(answer->header("Content-Encoding"), "");
    EXPECT_EQ(answer->header("Vary"), "Accept-Encoding");
  }
  EXPECT_EQ(ask("/icon.svg", {{"accept-encoding", "gzip"}})->header("Vary"), "");
}

TEST(Assets, HashedNamesAreKeptForAYear) {
  EXPECT_EQ(ask("/assets/index-3fA2bcde.js")->header("Cache-Control"),
            "public, max-age=31536000, immutable");
}

TEST(Assets, WhatIsKnownIsNotSentAgain) {
  for (const auto* known : {"\"svg\"", "W/\"svg\"", "\"x\", \"svg\"", "*"}) {
    const auto answer = ask("/icon.svg", {{"if-none-match", known}});
    EXPECT_EQ(answer->status, 304) << known;
    EXPECT_EQ(answer->body.bytes, "");
    EXPECT_EQ(answer->header("ETag"), "\"svg\"");
  }
  EXPECT_EQ(ask("/icon.svg", {{"if-none-match", "\"old\""}})->status, 200);
  EXPECT_EQ(ask("/assets/index-3fA2bcde.js", {{"if-none-match", "\"js-gz\""}})->status, 200);
  EXPECT_EQ(ask("/assets/index-3fA2bcde.js",
                {{"if-none-match", "\"js-gz\""}, {"accept-encoding", "gzip"}})
                ->status,
            304);
}

// Of the program's own page, when it was built with one.
TEST(Assets, ThePackedFilesAreWhole) {
  std::string_view before;
  for (const Asset& file : assets()) {
    EXPECT_LT(before, file.path);
    before = file.path;
    EXPECT_EQ(file.etag, "\"" + to_hex(sha256(file.raw)).substr(0, 32) + "\"") << file.path;
    EXPECT_TRUE(file.gzip.empty() ||
                (file.gzip.size() < file.raw.size() && file.gzip.starts_with("\x1f\x8b")));
  }
}

}  // namespace
}  // namespace tiebeam::server
