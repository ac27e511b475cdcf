// Large bodies go to files, and events come out of streams.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "base/test_support.h"
#include "server/listener_test_support.h"

namespace tiebeam::server {
namespace {
namespace fs = std::filesystem;
using std::chrono::milliseconds;

// Says the size and the mode of the file that the body is in.
Service spooling(std::size_t limit) {
  Service out;
  out.body_rule = [limit](const Request&) { return BodyRule{.limit = limit, .to_file = true}; };
  out.handle = [](const Request& request) {
    struct stat found{};
    ::stat(request.body_file.c_str(), &found);
    std::ifstream in(request.body_file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    return text_answer(fmt::format("{} {:o} {} {}", found.st_size, found.st_mode & 0777U,
                                   text.ends_with("end"), request.body.size()));
  };
  return out;
}
ListenOptions spooled_in(const TestFolder& folder) {
  ListenOptions out;
  out.spool = folder.path();
  return out;
}

TEST(ListenerBody, ALargeBodyIsAFileForAsLongAsItIsHandled) {
  TestFolder folder;
  Serving serving(spooled_in(folder), spooling(50'000'000));
  Client client = serving.client();
  std::string body = "start";
  body.resize(20'000'000, 'x');
  body += "end";
  EXPECT_EQ(client.ask(post("/p", body)).body, "20000003 600 true 0");
  EXPECT_TRUE(fs::is_empty(folder.path()));
  EXPECT_EQ(client.ask(post("/p", "end")).body, "3 600 true 0");
}

TEST(ListenerBody, TheLimitHoldsForFilesToo) {
  TestFolder folder;
  Serving serving(spooled_in(folder), spooling(100'000));
  EXPECT_EQ(serving.client().ask(post("/p", std::string(100'001, 'x'))).status, 413);
  Client chunked = serving.client();
  chunked.send("POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" +
               std::string(0x20000, 'x'));
  EXPECT_EQ(chunked.answer().status, 413);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(ListenerBody, AClientThatGoesAwayLeavesNoFile) {
  TestFolder folder;
  Serving serving(spooled_in(folder), spooling(100'000));
  Client client = serving.client();
  client.send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\nabc");
  while (fs::is_empty(folder.path())) std::this_thread::sleep_for(milliseconds(5));
  client.close();
  EXPECT_TRUE(serving.settles_at(0));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(ListenerBody, AForeignUploadIsTurnedAwayAtItsHead) {
  TestFolder folder;
  Service service = spooling(50'000'000);
  service.turn_away = [](const Request& head) -> std::optional<Response> {
    if (head.header("origin").empty()) return std::nullopt;
    return text_answer("no", 403);
  };
  Serving serving(spooled_in(folder), service);
  Client foreign = serving.client();
  foreign.send("POST /p HTTP/1.1\r\nHost: h\r\nOrigin: x\r\nContent-Length: 40000000\r\n\r\n");
  EXPECT_EQ(foreign.answer().status, 403);
  EXPECT_EQ(foreign.rest(), "");
  EXPECT_TRUE(fs::is_empty(folder.path()));
  EXPECT_EQ(serving.client().ask(post("/p", "end")).status, 200);
}

TEST(ListenerBody, NoFolderIs503) {
  Serving serving({}, spooling(100'000));
  EXPECT_EQ(serving.client().ask(post("/p", "abc")).status, 503);
}

TEST(ListenerBody, AFullDiskIs503AndLeavesNothing) {
  TestFolder folder;
  Serving serving(spooled_in(folder), spooling(50'000'000));
  // A limit on the size of files stands for the disk: the write fails in the same place.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{.rlim_cur = 1'000'000, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  Client client = serving.client();
  EXPECT_EQ(client.ask(post("/p", std::string(3'000'000, 'x'))).status, 503);
  EXPECT_TRUE(fs::is_empty(folder.path()));
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(serving.client().ask(post("/p", "end")).status, 200);
}

// The sinks of the streams that are open.
class Streams {
 public:
  Service service() {
    Service out;
    out.handle = [this](const Request& request) {
      if (request.path != "/events") return text_answer("{}");
      Response answer;
      answer.type = "text/event-stream";
      answer.stream = EventStream{.open = [this](EventStream::Sink sink) {
        const std::scoped_lock lock(mutex_);
        sink_ = std::move(sink);
        ++open_;
        return std::shared_ptr<void>(this, [this](void*) { --open_; });
      }};
      return answer;
    };
    return out;
  }
  void say(const std::string& event) {
    const std::scoped_lock lock(mutex_);
    sink_(event);
  }
  bool settles_at(int open) {
    for (int i = 0; i < 1000; ++i) {
      if (open_ == open) return true;
      std::this_thread::sleep_for(milliseconds(10));
    }
    return false;
  }

 private:
  std::mutex mutex_;
  EventStream::Sink sink_;
  std::atomic<int> open_ = 0;
};

TEST(ListenerStream, EventsArriveAsTheyAreSaid) {
  Streams streams;
  Serving serving({}, streams.service());
  Client client = serving.client();
  client.send(get("/events"));
  const Answer answer = client.answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Type"), "text/event-stream");
  EXPECT_EQ(answer.field("Content-Length"), "");
  EXPECT_EQ(answer.field("X-Content-Type-Options"), "nosniff");
  ASSERT_TRUE(streams.settles_at(1));
  for (int i = 0; i < 100; ++i) {
    const std::string event = fmt::format("event: n\ndata: {}\n\n", i);
    streams.say(event);
    ASSERT_EQ(client.until("\n\n"), event);
  }
  client.close();
  EXPECT_TRUE(streams.settles_at(0));
  EXPECT_TRUE(serving.settles_at(0));
  streams.say("data: nobody listens\n\n");
}

TEST(ListenerStream, AQuietStreamIsPinged) {
  Streams streams;
  ListenOptions options;
  options.ping_time = milliseconds(200);
  Serving serving(options, streams.service());
  Client client = serving.client();
  client.send(get("/events"));
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_EQ(client.until("\n\n"), ": ping\n\n");
  EXPECT_EQ(client.until("\n\n"), ": ping\n\n");
}

TEST(ListenerStream, ASlowReaderIsCutOff) {
  Streams streams;
  Serving serving({}, streams.service());
  Client client(serving.listener().port(), 4096);
  client.send(get("/events"));
  ASSERT_TRUE(streams.settles_at(1));
  const std::string event = "data: " + std::string(60'000, 'x') + "\n\n";
  for (int i = 0; i < 400; ++i) streams.say(event);
  EXPECT_TRUE(streams.settles_at(0));
}

TEST(ListenerStream, StopEndsStreams) {
  Streams streams;
  Serving serving({}, streams.service());
  Client client = serving.client();
  client.send(get("/events"));
  EXPECT_EQ(client.answer().status, 200);
  ASSERT_TRUE(streams.settles_at(1));
  serving.stop();
  EXPECT_EQ(client.rest(), "");
  EXPECT_TRUE(streams.settles_at(0));
}

}  // namespace
}  // namespace tiebeam::server
