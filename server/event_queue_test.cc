#include "server/event_queue.h"

#include <gtest/gtest.h>

namespace tiebeam::server {
namespace {

TEST(EventQueue, TellsOnceUntilTaken) {
  EventQueue queue;
  EXPECT_TRUE(queue.push("a"));
  EXPECT_FALSE(queue.push("b"));
  EXPECT_EQ(queue.take(), "ab");
  EXPECT_EQ(queue.take(), "");
  EXPECT_TRUE(queue.push("c"));
}

TEST(EventQueue, TooManyEventsCut) {
  EventQueue queue;
  for (std::size_t i = 0; i < EventQueue::kEvents; ++i) queue.push("x");
  EXPECT_FALSE(queue.is_cut());
  EXPECT_TRUE(queue.push("x"));
  EXPECT_TRUE(queue.is_cut());
  EXPECT_EQ(queue.take(), std::nullopt);
  EXPECT_FALSE(queue.push("x"));
}

TEST(EventQueue, TooManyBytesCut) {
  EventQueue queue;
  const std::string half(EventQueue::kBytes / 2, 'x');
  queue.push(half);
  queue.push(half);
  EXPECT_FALSE(queue.is_cut());
  EXPECT_TRUE(queue.push("x"));
  EXPECT_TRUE(queue.is_cut());
}

TEST(EventQueue, NothingIsKeptForAClientThatIsGone) {
  EventQueue queue;
  queue.push("a");
  queue.cut();
  EXPECT_FALSE(queue.push("b"));
  EXPECT_EQ(queue.take(), std::nullopt);
}

}  // namespace
}  // namespace tiebeam::server
