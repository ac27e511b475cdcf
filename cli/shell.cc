#include "cli/shell.h"

#include <fmt/format.h>

#include <limits>

#include "application/options.h"
#include "application/organisations.h"
#include "application/source.h"
#include "base/text.h"

namespace tiebeam::cli {
namespace {

Result<std::optional<Instant>> instant_option(std::string_view name, const std::string& text) {
  if (text.empty()) return std::optional<Instant>{};
  auto at = parse_instant(text);
  if (!at) {
    Error error = std::move(at).error();
    error.message = fmt::format("{}: {}", name, error.message);
    return std::unexpected(std::move(error));
  }
  return std::optional(*at);
}

}  // namespace

Result<std::unique_ptr<store::Store>> Shell::open() const {
  return open_organisation(table, data(), globals.org);
}

Result<Asked> Shell::asked() const {
  Asked asked;
  TB_TRY(asked.as_of, instant_option("--as-of", globals.as_of));
  TB_TRY(asked.from, instant_option("--from", globals.from));
  TB_TRY(asked.to, instant_option("--to", globals.to));
  if (asked.from && asked.to && *asked.from >= *asked.to) {
    return invalid("cli.empty_window",
                   fmt::format("the window from {} to {} is empty", globals.from, globals.to),
                   "give --from an earlier date than --to");
  }
  return asked;
}

Result<void> Shell::check_options() const {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  TB_DO(asked());
  TB_DO(instant_option("--known-at", globals.known_at));
  const auto check = [](std::string_view name, const std::string& text, std::uint64_t least,
                        std::uint64_t most, std::uint64_t usual) -> Result<void> {
    if (text.empty()) return {};
    TB_DO(whole_number(name, text, least, most, usual));
    return {};
  };
  TB_DO(check("--seed", globals.seed, 0, kMost, 1));
  TB_DO(check("--trials", globals.trials, 1, kMost, 100'000));
  return check("--threads", globals.threads, 1, 256, 1);
}

Result<SnapshotPtr> Shell::snapshot(const store::Store& store) const {
  TB_TRY(const auto known_at, instant_option("--known-at", globals.known_at));
  return load_snapshot(store, known_at);
}

std::string Shell::options_text() const {
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out += fmt::format(" {} {}", name, value);
  };
  add("--data", globals.data);
  add("--org", globals.org);
  add("--as-of", globals.as_of);
  add("--from", globals.from);
  add("--to", globals.to);
  add("--known-at", globals.known_at);
  return out;
}

std::string printable(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool is_c1 = byte == 0xC2 && static_cast<unsigned char>(next) >= 0x80 &&
                       static_cast<unsigned char>(next) < 0xA0;  // U+0080 to U+009F
    const bool is_break = byte == '\n' || byte == '\t' || (byte == '\r' && next == '\n');
    if (is_c1) text.erase(i, 1);
    if (is_c1 || byte == 0x7F || (byte < 0x20 && !is_break)) text[i] = '?';
  }
  return text;
}

std::string render(const Error& error) {
  std::string out = fmt::format("error: {} [{}]\n", error.message, error.code);
  if (!error.detail.empty()) {
    for (const auto line : split_at(error.detail, '\n')) out += fmt::format("       {}\n", line);
  }
  if (!error.hint.empty()) out += fmt::format(" hint: {}\n", error.hint);
  return printable(std::move(out));
}

}  // namespace tiebeam::cli
