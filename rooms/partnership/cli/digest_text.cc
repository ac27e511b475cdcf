#include <fmt/format.h>

#include "cli/text_table.h"
#include "rooms/partnership/cli/review_commands.h"

namespace tiebeam::partnership {
namespace {

std::string section(std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string out = fmt::format("\n  {}\n", title);
  for (const std::string& line : lines) out += cli::wrap("- " + line, cli::kTextWidth, "    ");
  return out;
}

}  // namespace

std::string digest_text(const Snapshot& snapshot, const std::vector<Review>& reviews) {
  std::string out = cli::wrap(digest_title(snapshot, reviews));
  for (const Review& review : reviews) {
    const DigestLines lines = digest_lines(review);
    const std::string said = section("What changed", lines.changed) +
                             section("Decisions waiting", lines.waiting) +
                             section("Promises due", lines.due);
    out += fmt::format("\n{}\n{}", review.partner,
                       said.empty() ? "  Nothing moved this week.\n" : said);
  }
  return out;
}

}  // namespace tiebeam::partnership
