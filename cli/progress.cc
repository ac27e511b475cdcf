#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/text_table.h"

namespace tiebeam::cli {

std::function<void(double share)> progress_line(const Environment& environment, std::string what,
                                                std::string done) {
  if (!environment.error_is_terminal) return {};
  return [&environment, what = std::move(what), done = std::move(done), begun = environment.now(),
          last = -1](double share) mutable {
    const int hundredths = static_cast<int>(share * 100 + 1e-9);
    if (hundredths == last || environment.now() - begun < std::chrono::seconds{1}) return;
    last = hundredths;
    environment.err(fmt::format("\r{}: {} % {} {}", fit(what, 50), hundredths, done,
                                share > 1 - 1e-9 ? "\n" : ""));
  };
}

}  // namespace tiebeam::cli
