#include "server/listener.h"

#include <gtest/gtest.h>

#include <set>

#include "server/listener_test_support.h"

namespace tiebeam::server {
namespace {
using std::chrono::milliseconds;

// What the requests of these tests are answered with.
Response shown_back(const Request& request) {
  if (request.path == "/throws") throw std::runtime_error("secret of the inside");
  if (request.path == "/throws-other") throw 7;  // NOLINT: not even an exception
  if (request.path == "/none") return text_answer("", 204);
  if (request.path == "/same") return text_answer("", 304);
  if (request.path == "/id") return text_answer(request.id);
  if (request.path == "/large") return text_answer(std::string(3'000'000, 'x'));
  return text_answer(
      fmt::format("{} {} [{}]", method_name(request.method), request.target, request.body));
}
Service usual_service() {
  Service out;
  out.at_once = [](const Request& request) -> std::optional<Response> {
    if (request.path == "/throws-at-once") throw std::runtime_error("secret of the inside");
    if (request.path == "/now") return text_answer("now");
    return std::nullopt;
  };
  out.handle = shown_back;
  return out;
}
ListenOptions quick() {
  ListenOptions out;
  out.header_time = milliseconds(400);
  out.body_time = milliseconds(400);
  out.idle_time = milliseconds(400);
  return out;
}

ListenOptions at(std::string address) {
  ListenOptions out;
  out.address = std::move(address);
  out.port = 0;
  return out;
}

TEST(Listener, AnswersAtOnceAndFromAWorker) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  EXPECT_EQ(client.ask(get("/now")).body, "now");
  const Answer answer = client.ask(get("/a?b=1"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "GET /a?b=1 []");
  EXPECT_EQ(answer.field("Content-Type"), "application/json");
  EXPECT_EQ(client.ask(post("/p", "one\ntwo")).body, "POST /p [one\ntwo]");
}

TEST(Listener, PipelinedRequestsAreAnsweredInTheirOrder) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  std::string all;
  for (int i = 0; i < 500; ++i) {
    all += i % 3 == 0 ? post(fmt::format("/{}", i), "body") : get(fmt::format("/{}", i));
  }
  client.send(all);
  for (int i = 0; i < 500; ++i) {
    const std::string wanted =
        i % 3 == 0 ? fmt::format("POST /{} [body]", i) : fmt::format("GET /{} []", i);
    ASSERT_EQ(client.answer().body, wanted);
  }
}

TEST(Listener, RequestsMayArriveByteByByte) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  for (const char c : "\r\n" + post("/p", "slow") + get("/q")) {
    client.send({&c, 1});
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(client.answer().body, "POST /p [slow]");
  EXPECT_EQ(client.answer().body, "GET /q []");
}

TEST(Listener, ClosesWhenAsked) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  client.send("GET /now HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.answer().field("Connection"), "close");
  EXPECT_EQ(client.rest(), "");
  Client old = serving.client();
  old.send("GET /now HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.rest().ends_with("\r\n\r\nnow"));
  Client kept = serving.client();
  kept.send("GET /now HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(kept.answer().field("Connection"), "keep-alive");
  EXPECT_EQ(kept.ask(get("/now")).status, 200);
}

TEST(Listener, HeadIsGetWithoutItsBody) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  const Answer whole = client.ask(get("/now"));
  client.send("HEAD /now HTTP/1.1\r\nHost: h\r\n\r\n" + get("/next"));
  EXPECT_EQ(client.answer(false).head, whole.head);
  EXPECT_EQ(client.answer().body, "GET /next []");
}

TEST(Listener, SomeAnswersHaveNoBody) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  for (const auto& [path, status] : {std::pair{"/none", 204}, std::pair{"/same", 304}}) {
    const Answer answer = client.ask(get(path));
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.field("Content-Length"), "");
    EXPECT_EQ(answer.field("X-Content-Type-Options"), "nosniff");
  }
  EXPECT_EQ(client.ask(get("/now")).body, "now");
}

TEST(Listener, ChunkedBodiesArePutTogether) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  client.send(
      "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n00a;x=1\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n" +
      get("/next"));
  EXPECT_EQ(client.answer().body, "POST /p [abc0123456789]");
  EXPECT_EQ(client.answer().body, "GET /next []");
}

TEST(Listener, ALongHeadIs431) {
  Serving serving({}, usual_service());
  for (const bool ends : {true, false}) {
    Client client = serving.client();
    client.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(17'000, 'x') +
                (ends ? "\r\n\r\n" : ""));
    EXPECT_EQ(client.answer().status, 431);
    client.rest();
    EXPECT_FALSE(client.was_reset);
  }
  Client fits = serving.client();
  const std::string start = "GET /now HTTP/1.1\r\nHost: h\r\nX: ";
  EXPECT_EQ(fits.ask(start + std::string(16 * 1024 - start.size() - 4, 'x') + "\r\n\r\n").status,
            200);
  EXPECT_EQ(fits.ask(start + std::string(16 * 1024 - start.size() - 3, 'x') + "\r\n\r\n").status,
            431);
}

TEST(Listener, ALargeBodyIs413AndNoReset) {
  Serving serving({}, usual_service());
  Client declared = serving.client();
  EXPECT_TRUE(declared.send(post("/p", std::string(4'000'000, 'x'))));
  EXPECT_EQ(declared.answer().status, 413);
  declared.rest();
  EXPECT_FALSE(declared.was_reset);
  Client chunked = serving.client();
  std::string body = "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 40; ++i) body += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  EXPECT_TRUE(chunked.send(body));
  const Answer answer = chunked.answer();
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.field("Connection"), "close");
  Client fits = serving.client();
  EXPECT_EQ(fits.ask(post("/p", std::string(1024 * 1024, 'x'))).status, 200);
}

TEST(Listener, ExpectContinueIsAnswered) {
  Serving serving({}, usual_service());
  Client client = serving.client();
  const std::string head =
      "POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: ";
  client.send(head + "4\r\n\r\n");
  EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("abcd").body, "POST /p [abcd]");
  EXPECT_EQ(client.ask(head + "99999999\r\n\r\n").status, 413);
}

TEST(Listener, ADrippingHeadIs408) {
  Serving serving(quick(), usual_service());
  Client client = serving.client();
  for (int i = 0; i < 40; ++i) {
    client.send("G");
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(client.answer().status, 408);
  EXPECT_EQ(client.rest(), "");
}

TEST(Listener, ADrippingBodyIs408) {
  Serving serving(quick(), usual_service());
  Client client = serving.client();
  client.send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
  for (int i = 0; i < 40; ++i) {
    client.send("x");
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(client.answer().status, 408);
}

TEST(Listener, ConnectionsThatSayNothingAreClosedSilently) {
  Serving serving(quick(), usual_service());
  Client fresh = serving.client();
  EXPECT_EQ(fresh.rest(), "");
  Client kept = serving.client();
  EXPECT_EQ(kept.ask(get("/now")).status, 200);
  EXPECT_EQ(kept.rest(), "");
  EXPECT_TRUE(serving.settles_at(0));
}

TEST(Listener, AReaderWhoDoesNotReadIsCutOff) {
  ListenOptions options;
  options.write_time = milliseconds(400);
  Serving serving(options, usual_service());
  Client client(serving.listener().port(), 4096);
  for (int i = 0; i < 5; ++i) client.send(get("/large"));
  EXPECT_TRUE(serving.settles_at(1));
  EXPECT_TRUE(serving.settles_at(0));
}

TEST(Listener, WhatIsThrownIs500WithoutTheInside) {
  Serving serving({}, usual_service());
  for (const auto* path : {"/throws", "/throws-other", "/throws-at-once"}) {
    Client client = serving.client();
    const Answer answer = client.ask(get(path));
    EXPECT_EQ(answer.status, 500);
    EXPECT_FALSE(answer.body.contains("secret"));
    EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
    EXPECT_EQ(client.ask(get("/now")).status, 200);
  }
}

TEST(Listener, ADoorThatThrowsStillAnswers) {
  Service service = usual_service();
  service.refusal = [](int, const Error&, std::string_view) -> Response { throw 1; };
  service.body_rule = [](const Request&) -> std::optional<BodyRule> { throw 2; };
  service.seen = [](const Request&, const Response&) { throw 3; };
  Serving serving({}, service);
  EXPECT_EQ(serving.client().ask(get("/throws")).status, 500);
  EXPECT_EQ(serving.client().ask(post("/p", "x")).status, 500);
  EXPECT_EQ(serving.client().ask("nonsense\r\n\r\n").status, 400);
  EXPECT_EQ(serving.client().ask(get("/now")).status, 200);
}

TEST(Listener, WhatNeverBecameARequestIsToldWithItsIdAndANextStep) {
  ListenOptions narrow;
  narrow.header_bytes = 4096;
  narrow.body_bytes = 100;
  Serving serving(narrow, usual_service());
  for (const auto& [sent, status] :
       {std::pair{std::string("nonsense\r\n\r\n"), 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(5000, 'a'), 431},
        {post("/p", std::string(200, 'x')), 413}}) {
    const Answer answer = serving.client().ask(sent);
    EXPECT_EQ(answer.status, status);
    const auto body = parse_json(answer.body);
    ASSERT_TRUE(body) << answer.body;
    const auto text = [](const Json& json, const char* name) {
      const Json* held = json.find(name);
      return held && held->if_string() ? *held->if_string() : std::string();
    };
    EXPECT_TRUE(text(*body, "instance").starts_with("req_")) << answer.body;
    EXPECT_FALSE(text(*body, "hint").empty()) << answer.body;
    ASSERT_EQ(body->find("errors")->if_array()->size(), 1u);
    EXPECT_FALSE(text(body->find("errors")->if_array()->front(), "expected").empty())
        << answer.body;
  }
}

TEST(Listener, EveryAnswerIsSeen) {
  std::mutex mutex;
  std::vector<std::pair<std::string, int>> seen;
  Service service = usual_service();
  service.seen = [&](const Request& request, const Response& response) {
    const std::scoped_lock lock(mutex);
    seen.emplace_back(request.path, response.status);
  };
  {
    Serving serving({}, service);
    serving.client().ask(get("/now"));
    serving.client().ask(get("/x"));
    serving.client().ask("nonsense\r\n\r\n");
  }
  using Seen = std::pair<std::string, int>;
  EXPECT_EQ(seen, (std::vector{Seen{"/now", 200}, Seen{"/x", 200}, Seen{"", 400}}));
}

TEST(Listener, RequestIdsAreDistinct) {
  Serving serving({}, usual_service());
  std::set<std::string> ids;
  Client client = serving.client();
  for (int i = 0; i < 100; ++i) {
    const std::string id = client.ask(get("/id")).body;
    EXPECT_TRUE(id.starts_with("req_") && id.size() == 20) << id;
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 100);
}

TEST(Listener, TooManyConnectionsAre503) {
  ListenOptions options;
  options.connections = 3;
  Serving serving(options, usual_service());
  std::vector<Client> held;
  for (int i = 0; i < 3; ++i) held.push_back(serving.client());
  EXPECT_TRUE(serving.settles_at(3));
  Client refused = serving.client();
  EXPECT_EQ(refused.answer().status, 503);
  refused.close();
  EXPECT_EQ(held[0].ask(get("/now")).status, 200);
  held.pop_back();
  EXPECT_TRUE(serving.settles_at(2));
  EXPECT_EQ(serving.client().ask(get("/now")).status, 200);
}

TEST(Listener, OnlyLoopbackIsListenedTo) {
  for (const auto* address : {"0.0.0.0", "::", "192.168.1.1", "::ffff:0.0.0.0"}) {
    const auto opened = Listener::open(at(address), usual_service());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "server.not_loopback");
  }
  EXPECT_EQ(Listener::open(at("nowhere"), usual_service()).error().code, "server.no_listen");
  for (const auto* address : {"127.0.0.1", "127.8.9.1", "localhost"}) {
    EXPECT_TRUE(Listener::open(at(address), usual_service())) << address;
  }
}

TEST(Listener, ATakenPortIsSaidSo) {
  Serving serving({}, usual_service());
  ListenOptions options;
  options.port = serving.listener().port();
  const auto opened = Listener::open(options, usual_service());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "server.port_taken");
  EXPECT_TRUE(opened.error().hint.contains("--listen 127.0.0.1:")) << opened.error().hint;
}

TEST(Listener, StopLetsWhatRunsFinish) {
  std::atomic<bool> is_running = false;
  Service service = usual_service();
  service.handle = [&](const Request&) {
    is_running = true;
    std::this_thread::sleep_for(milliseconds(300));
    return text_answer("done");
  };
  Serving serving({}, service);
  Client idle = serving.client();
  Client running = serving.client();
  running.send(get("/x"));
  while (!is_running) std::this_thread::sleep_for(milliseconds(5));
  serving.stop();
  const Answer answer = running.answer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.field("Connection"), "close");
  EXPECT_EQ(idle.rest(), "");
  EXPECT_FALSE(serving.client().is_connected());
}

TEST(Listener, StopCutsWhatDoesNotEnd) {
  ListenOptions options;
  options.stop_time = milliseconds(300);
  Serving serving(options, usual_service());
  Client client = serving.client();
  client.send("GET / HTTP/1.1\r\n");
  EXPECT_TRUE(serving.settles_at(1));
  std::this_thread::sleep_for(milliseconds(50));
  serving.stop();
  EXPECT_EQ(client.rest(), "");
}

TEST(Listener, StopBeforeRunIsFine) {
  auto opened = Listener::open(at("127.0.0.1"), usual_service());
  ASSERT_TRUE(opened);
  (*opened)->stop();
  (*opened)->run();
  EXPECT_EQ((*opened)->open_connections(), 0);
}

}  // namespace
}  // namespace tiebeam::server
