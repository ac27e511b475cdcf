// How much of what is wrong with a file is told: what a reader can take in, and what can be found
// out in no time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tiebeam {

constexpr std::size_t kMostFaults = 100;      // that are told of one file
constexpr std::size_t kMostSuggestions = 20;  // each looks at every name that there is

// "; did you mean 'payroll'?" for the first names of a file that are not known; nothing for the
// others.
class Suggestions {
 public:
  // `known` gives a std::vector<std::string_view>; asked only while suggestions are left.
  template <class Known>
  [[nodiscard]] std::string operator()(std::string_view given, Known known) {
    if (left_ == 0) return {};
    --left_;
    return did_you_mean(given, known());
  }

 private:
  std::size_t left_ = kMostSuggestions;
};

// Takes away what goes beyond kMostFaults; a last one, file.more_faults, says how many those are.
void keep_first_faults(std::vector<Error>& faults);

// "a, b, c" and, of many names, how many more there are.
[[nodiscard]] std::string some_of(const std::vector<std::string_view>& names);

}  // namespace tiebeam
