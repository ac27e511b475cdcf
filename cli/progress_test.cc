#include "cli/progress.h"

#include <gtest/gtest.h>

namespace tiebeam::cli {
namespace {

struct Watched {
  std::int64_t milliseconds = 0;
  std::string said;
  Environment environment;

  explicit Watched(bool terminal) {
    environment.error_is_terminal = terminal;
    environment.now = [this] { return Instant{} + std::chrono::milliseconds{milliseconds}; };
    environment.err = [this](std::string_view text) { said += text; };
  }
};

TEST(ProgressLine, SpeaksOnlyAfterASecondOncePerHundredthAndEndsTheLine) {
  Watched terminal(true);
  const auto tell = progress_line(terminal.environment, "register.json", "done");
  terminal.milliseconds = 900;
  tell(0.3);
  EXPECT_EQ(terminal.said, "");
  terminal.milliseconds = 1100;
  tell(0.35);
  tell(0.354);
  EXPECT_EQ(terminal.said, "\rregister.json: 35 % done ");
  tell(1);
  EXPECT_EQ(terminal.said, "\rregister.json: 35 % done \rregister.json: 100 % done \n");
}

TEST(ProgressLine, IsSilentWhereNobodyWatches) {
  const Watched file(false);
  EXPECT_FALSE(progress_line(file.environment, "register.json", "done"));
}

}  // namespace
}  // namespace tiebeam::cli
