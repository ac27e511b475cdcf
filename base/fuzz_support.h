// For fuzzers (NAME_fuzz.cc, beside what they feed): the door that libFuzzer and the replay of
// tests/fuzz call, draws that follow from the input alone, and what holds of every failure.
// An input is a file as people would give it, so that any file may stand in the corpus.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"

namespace tiebeam::fuzz {

// Ends the process: that is what a finding is, for libFuzzer and for the replay.
[[noreturn]] inline void stop(const char* claim, const char* file, int line,
                              std::string_view why = {}) {
  std::fprintf(stderr, "%s:%d: does not hold: %s\n%.*s\n", file, line, claim,
               static_cast<int>(why.size()), why.data());
  std::abort();
}

// Numbers that depend on the input and nothing else: the same file does the same each time.
class Draw {
 public:
  explicit Draw(std::string_view input, std::uint64_t salt = 0) : state_(row_hash(input, salt)) {}
  // 0 to n - 1. REQUIRES: n > 0. Source: SplitMix64 (Steele, Lea, Flood 2014).
  std::size_t below(std::size_t n) {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::size_t>(x ^ (x >> 31)) % n;
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T, std::size_t N>
  const T& of(const T (&choices)[N]) {
    return choices[below(N)];
  }

 private:
  std::uint64_t state_;
};

}  // namespace tiebeam::fuzz

#define FUZZ_CHECK(condition, ...)                                                      \
  do {                                                                                  \
    if (!(condition))                                                                   \
      ::tiebeam::fuzz::stop(#condition, __FILE__, __LINE__ __VA_OPT__(, ) __VA_ARGS__); \
  } while (false)

// FUZZ(input) { ... }: the body runs once an input, which is a std::string_view.
#define FUZZ(input)                                                                   \
  static void fuzz_one(std::string_view input);                                       \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    fuzz_one({reinterpret_cast<const char*>(data), size});                            \
    return 0;                                                                         \
  }                                                                                   \
  static void fuzz_one(std::string_view input)

namespace tiebeam::fuzz {

// A code ("csv.open_quote"), one line of fact, a next step; all of it text that JSON may carry.
inline void check_error(const Error& error) {
  const std::string all = error.code + " | " + error.message + " | " + error.hint;
  FUZZ_CHECK(error.code.contains('.'), all);
  FUZZ_CHECK(!error.message.empty() && !error.message.contains('\n'), all);
  FUZZ_CHECK(!error.hint.empty(), all);
  FUZZ_CHECK(error.kind != Kind::internal, all);
  for (const std::string* text :
       {&error.code, &error.message, &error.detail, &error.hint, &error.field})
    FUZZ_CHECK(is_valid_utf8(*text), all);
}

}  // namespace tiebeam::fuzz
