// Many clients at once: slow ones that hold a request open, and idle ones that hold a connection.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "server/listener_test_support.h"

namespace tiebeam::server {
namespace {
using std::chrono::milliseconds;

Service answering() {
  Service out;
  out.handle = [](const Request&) { return text_answer("{}"); };
  return out;
}

TEST(ListenerLoad, SlowClientsLeaveOthersAlone) {
  Serving serving({}, answering());
  std::vector<Client> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(serving.client());
    slow.back().send(i % 2 == 0 ? "GET / HTTP/1.1\r\n"
                                : "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
  }
  ASSERT_TRUE(serving.settles_at(300));
  std::atomic<bool> is_over = false;
  std::thread drip([&] {
    while (!is_over) {
      for (const Client& client : slow) client.send("x");
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  for (int i = 0; i < 200; ++i) {
    Client quick = serving.client();
    EXPECT_EQ(quick.ask(get("/a")).status, 200);
    EXPECT_EQ(quick.ask(post("/b", "body")).status, 200);
  }
  is_over = true;
  drip.join();
  EXPECT_GE(serving.listener().open_connections(), 300);
}

TEST(ListenerLoad, ThousandsOfIdleConnectionsAreHeld) {
  Serving serving({}, answering());
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);  // raised by the listener; both ends of each are here
  const std::size_t wanted = std::min<std::size_t>(5000, (files.rlim_cur - 300) / 2);
  std::vector<Client> idle;
  for (std::size_t i = 0; i < wanted; ++i) {
    idle.push_back(serving.client());
    ASSERT_TRUE(idle.back().is_connected()) << i;
    const bool is_used = i % 10 == 0;
    ASSERT_TRUE(!is_used || idle.back().ask(get("/")).status == 200) << i;
  }
  EXPECT_TRUE(serving.settles_at(wanted));
  for (std::size_t i = 0; i < wanted; i += 100) EXPECT_EQ(idle[i].ask(get("/")).status, 200);
  EXPECT_EQ(idle.back().ask(get("/")).status, 200);
  idle.clear();
  EXPECT_TRUE(serving.settles_at(0));
}

}  // namespace
}  // namespace tiebeam::server
