// Failures as values: the one Error that the command line, HTTP and the page all render.
// A bug is not an error: TB_CHECK throws Bug, which only the doors (command, request, job) catch.
#pragma once

#include <cstdint>
#include <expected>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiebeam {

// Decides the HTTP status and the exit code: the first four exit with 2, the last two with 3.
enum class Kind : std::uint8_t { invalid, not_found, conflict, forbidden, unavailable, internal };

struct Error {
  Kind kind = Kind::internal;
  std::string code;           // stable, never translated: "money.currency_mismatch"
  std::string message;        // one line of fact: names the thing, what is, what should be
  std::string detail;         // further facts: file, line, the value that was read
  std::string hint;           // a next step, phrased as an action
  std::string field;          // JSON pointer or column: "/cases/2/cost"
  std::string found = {};     // what was read there, as it was written; empty: nothing to show
  std::string expected = {};  // what would be right: "a whole number from 1 to 5"
};

template <class T>
using Result = std::expected<T, Error>;

// A value that was reached with a caveat. Warnings travel into the trail of the figures made of it.
template <class T>
struct Outcome {
  T value;
  std::vector<std::string> warnings;
};

// A broken promise of ours. No user input may ever cause one.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void throw_bug(std::string_view condition, std::string_view why, const char* file,
                            int line);

[[nodiscard]] inline std::unexpected<Error> fail(Kind kind, std::string code, std::string message,
                                                 std::string hint = {}) {
  return std::unexpected(Error{.kind = kind,
                               .code = std::move(code),
                               .message = std::move(message),
                               .detail = {},
                               .hint = std::move(hint),
                               .field = {}});
}
[[nodiscard]] inline std::unexpected<Error> invalid(std::string code, std::string message,
                                                    std::string hint = {}) {
  return fail(Kind::invalid, std::move(code), std::move(message), std::move(hint));
}

// The status a process ends with when it fails with `kind`.
[[nodiscard]] int exit_status(Kind kind);

// The candidate that `given` most likely meant, or an empty view when none is near (edit distance
// at most a third of its length).
[[nodiscard]] std::string_view near_miss(std::string_view given,
                                         const std::vector<std::string_view>& candidates);
// " did you mean 'payroll'?" with a leading "; ", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view given,
                                       const std::vector<std::string_view>& candidates);

}  // namespace tiebeam

#define TB_CONCAT_INNER(a, b) a##b
#define TB_CONCAT(a, b) TB_CONCAT_INNER(a, b)
#define TB_TRY_INNER(result, decl, expr)                          \
  auto result = (expr);                                           \
  if (!result) return std::unexpected(std::move(result).error()); \
  decl = *std::move(result)
// TB_TRY(const Query query, parse_query(request)): the value, or return the Error to our caller.
#define TB_TRY(decl, ...) TB_TRY_INNER(TB_CONCAT(tb_result_, __LINE__), decl, __VA_ARGS__)
// TB_DO(write(file)): for a Result<void>.
#define TB_DO(...)                                        \
  do {                                                    \
    if (auto tb_done = (__VA_ARGS__); !tb_done)           \
      return std::unexpected(std::move(tb_done).error()); \
  } while (false)
#define TB_CHECK(condition, why)                                                 \
  do {                                                                           \
    if (!(condition)) ::tiebeam::throw_bug(#condition, why, __FILE__, __LINE__); \
  } while (false)
