// Requests that two programs could understand differently, and clients that hold on to what they
// have: spec of request smuggling, RFC 9112 sections 2.2, 5, 6 and 7.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "server/assets.h"
#include "server/listener_test_support.h"
#include "server/security.h"

namespace tiebeam::server {
namespace {
using std::chrono::milliseconds;

constexpr std::string_view kSecond = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

// The paths that reached the service.
class Paths {
 public:
  Service service() {
    Service out;
    out.handle = [this](const Request& request) {
      const std::scoped_lock lock(mutex_);
      paths_.push_back(request.path);
      return text_answer("{}");
    };
    return out;
  }
  std::vector<std::string> taken() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(paths_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> paths_;
};

std::string head(std::string_view fields, std::string_view body = {}) {
  return fmt::format("POST /p HTTP/1.1\r\nHost: h\r\n{}\r\n{}", fields, body);
}

const std::vector<std::pair<const char*, std::string>>& corpus() {
  const std::string smuggled(kSecond);
  static const std::vector<std::pair<const char*, std::string>> kCorpus = {
      {"CL.TE",
       head("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled)},
      {"TE.CL", head("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                     "26\r\n" + smuggled + "\r\n0\r\n\r\n")},
      {"TE.TE", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "0\r\n\r\n")},
      {"TE twice",
       head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {"TE list", head("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
      {"TE wrong", head("Transfer-Encoding: xchunked\r\n", smuggled)},
      {"TE identity", head("Transfer-Encoding: identity\r\n", smuggled)},
      {"TE with a tab inside", head("Transfer-Encoding: chun\tked\r\n", smuggled)},
      {"TE with a vertical tab", head("Transfer-Encoding: \x0b"
                                      "chunked\r\n",
                                      "0\r\n\r\n")},
      {"TE quoted", head("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")},
      {"TE then nothing", head("Transfer-Encoding:\r\n", smuggled)},
      {"TE before its colon", head("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")},
      {"TE folded", head("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")},
      {"TE in 1.0", "POST /p HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"CL differing", head("Content-Length: 0\r\nContent-Length: 36\r\n", smuggled)},
      {"CL doubled", head("Content-Length: 2\r\nContent-Length: 2\r\n", "ab")},
      {"CL list", head("Content-Length: 2, 2\r\n", "ab")},
      {"CL with a sign", head("Content-Length: +2\r\n", "ab")},
      {"CL negative", head("Content-Length: -1\r\n", smuggled)},
      {"CL hexadecimal", head("Content-Length: 0x2\r\n", "ab")},
      {"CL too large", head("Content-Length: 18446744073709551618\r\n", "ab")},
      {"CL empty", head("Content-Length:\r\n", smuggled)},
      {"CL with a blank inside", head("Content-Length: 3 6\r\n", smuggled)},
      {"CL before its colon", head("Content-Length : 2\r\n", "ab")},
      {"obs-fold", head("X: a\r\n b\r\n")},
      {"obs-fold with a tab", head("X: a\r\n\tContent-Length: 2\r\n", "ab")},
      {"fold before the fields", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"},
      {"bare LF", "GET / HTTP/1.1\nHost: h\n\n"},
      {"bare LF in a field", head("X: a\nContent-Length: 2\r\n", "ab")},
      {"bare LF at the end", "GET / HTTP/1.1\r\nHost: h\r\n\nGET / HTTP/1.1\r\n"},
      {"bare CR", head("X: a\rContent-Length: 2\r\n", "ab")},
      {"bare CR at a line's end", head("X: a\r\r\n")},
      {"NUL in a value", head(std::string("X: a\0b\r\n", 8))},
      {"NUL in a name", head(std::string("X\0: a\r\n", 7))},
      {"NUL in the target", std::string("GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n", 30)},
      {"DEL in a value", head("X: a\x7f\r\n")},
      {"no colon", head("X\r\n")},
      {"no name", head(": x\r\n")},
      {"a blank in a name", head("X Y: a\r\n")},
      {"no host", "GET / HTTP/1.1\r\n\r\n"},
      {"two hosts", "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"},
      {"a host with a path", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n"},
      {"a host with a user", "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n"},
      {"hosts in a list", "GET / HTTP/1.1\r\nHost: h, i\r\n\r\n"},
      {"absolute form", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"authority form", "CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n"},
      {"asterisk form", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"no slash", "GET a HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a fragment", "GET /#a HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"bytes beyond ASCII in the target", "GET /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"version 0.9", "GET /\r\n\r\n"},
      {"version 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"version 1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n"},
      {"version in small letters", "GET / http/1.1\r\nHost: h\r\n\r\n"},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a tab for a blank", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a blank at the end", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n"},
      {"a blank before", " GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a method that is no token", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a greeting of TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)},
      {"percent and one digit", "GET /%4 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"percent and no digits", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"percent NUL", "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"percent slash", "GET /a%2fb HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"percent dots", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"dots", "GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"percent backslash", "GET /a%5cb HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"overlong UTF-8", "GET /%c0%af HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a gap", "GET /a//b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a foreign path", "GET //evil.example/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"percent in the query", "GET /?a=%g0 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"chunk size missing", head("Transfer-Encoding: chunked\r\n", "\r\nab\r\n0\r\n\r\n")},
      {"chunk size with a sign", head("Transfer-Encoding: chunked\r\n", "+2\r\nab\r\n0\r\n\r\n")},
      {"chunk size with 0x", head("Transfer-Encoding: chunked\r\n", "0x2\r\nab\r\n0\r\n\r\n")},
      {"chunk size too large",
       head("Transfer-Encoding: chunked\r\n", "ffffffffffffffff2\r\nab\r\n0\r\n\r\n")},
      {"chunk longer than said", head("Transfer-Encoding: chunked\r\n", "2\r\nabc\r\n0\r\n\r\n")},
      {"chunk with a bare LF", head("Transfer-Encoding: chunked\r\n", "2\nab\n0\n\n")},
      {"chunk's end is a bare LF",
       head("Transfer-Encoding: chunked\r\n", "2\r\nab\n0\r\n\r\n" + smuggled)},
      {"a length in the trailer",
       head("Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 36\r\n\r\n" + smuggled)},
      {"an endless extension",
       head("Transfer-Encoding: chunked\r\n", "2;" + std::string(100'000, 'x'))},
      {"an endless trailer",
       head("Transfer-Encoding: chunked\r\n", "0\r\nX: " + std::string(100'000, 'x'))},
  };
  return kCorpus;
}

TEST(ListenerAttack, AmbiguousRequestsAre400AndTheEnd) {
  Paths paths;
  Serving serving({}, paths.service());
  for (const auto& [name, bytes] : corpus()) {
    Client client = serving.client();
    client.send(bytes + std::string(kSecond));
    const Answer answer = client.answer();
    EXPECT_EQ(answer.status, 400) << name;
    EXPECT_EQ(answer.field("Connection"), "close") << name;
    EXPECT_EQ(client.rest(), "") << name;
    EXPECT_EQ(paths.taken(), std::vector<std::string>{}) << name;
  }
}

TEST(ListenerAttack, ALengthThatIsShortOrLongTakesOneRequest) {
  Paths paths;
  Serving serving({}, paths.service());
  Client client = serving.client();
  client.send(head(fmt::format("Content-Length: {}\r\n", kSecond.size()), kSecond));
  EXPECT_EQ(client.answer().status, 200);
  client.send(get("/last"));
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_EQ(paths.taken(), (std::vector<std::string>{"/p", "/last"}));
}

TEST(ListenerAttack, ARequestThatEndsTooEarlyIsNeverHandled) {
  Paths paths;
  Serving serving({}, paths.service());
  for (const std::string& bytes : {std::string("GET / HT"), head("Content-Length: 10\r\n", "abc"),
                                   head("Transfer-Encoding: chunked\r\n", "5\r\nabc")}) {
    Client client = serving.client();
    client.send(bytes);
    client.close();
  }
  EXPECT_TRUE(serving.settles_at(0));
  EXPECT_EQ(paths.taken(), std::vector<std::string>{});
}

// What every answer tells a browser. Checked by hand against OWASP ASVS 5.0 V3.4.
constexpr std::string_view kGolden =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src "
    "'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri "
    "'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Frame-Options: DENY\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: accelerometer=(), autoplay=(), camera=(), display-capture=(), "
    "encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), "
    "screen-wake-lock=(), usb=(), xr-spatial-tracking=()\r\n";

Response by_path(const Request& request) {
  static constexpr std::array kFiles = {Asset{.path = "/index.html",
                                              .type = "text/html; charset=utf-8",
                                              .etag = "\"1\"",
                                              .raw = "<!doctype html>",
                                              .gzip = {},
                                              .is_hashed = false}};
  if (request.path == "/throws") throw std::runtime_error("inside");
  Error no{.kind = Kind::forbidden,
           .code = "http.foreign_host",
           .message = "no",
           .detail = {},
           .hint = {},
           .field = {}};
  if (request.path == "/forbidden") return problem(403, no, request.id);
  if (auto file = asset_answer(request, kFiles)) return *file;
  if (request.path == "/json") return text_answer("{}");
  no.code = "http.no_such_path";
  return problem(404, no, request.id);
}

TEST(ListenerAttack, EveryAnswerCarriesTheSecurityHeaders) {
  Service service;
  service.handle = by_path;
  Serving serving({}, service);
  const std::vector<std::pair<std::string, int>> asked = {
      {get("/json"), 200},
      {get("/"), 200},
      {get("/none"), 404},
      {get("/forbidden"), 403},
      {get("/throws"), 500},
      {post("/json", std::string(2'000'000, 'x')), 413},
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"1\"\r\n\r\n", 304}};
  for (const auto& [bytes, status] : asked) {
    const Answer answer = serving.client().ask(bytes);
    EXPECT_EQ(answer.status, status);
    EXPECT_TRUE(answer.head.contains(kGolden)) << answer.head;
    const bool is_page = bytes.starts_with("GET / ");
    EXPECT_EQ(answer.field("Cache-Control"), is_page ? "no-cache" : "no-store");
    EXPECT_EQ(answer.field("Server"), "");
  }
}

}  // namespace
}  // namespace tiebeam::server
