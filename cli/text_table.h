// Tables for a terminal: columns padded to their widest cell, at most 100 characters wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tiebeam::cli {

constexpr std::size_t kTextWidth = 100;

// Number of columns the text takes on a terminal: code points, for the scripts we print.
[[nodiscard]] std::size_t display_width(std::string_view text);
// Cut to `width` with "..." when longer.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);
// Broken into lines of at most `width`, each behind `indent`.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width = kTextWidth,
                               std::string_view indent = "");

class TextTable {
 public:
  // A header that starts with '>' is right-aligned.
  explicit TextTable(std::vector<std::string> headers);
  void add(std::vector<std::string> cells);  // REQUIRES: one per header
  // At most 100 wide: the widest columns of text give way, those of numbers never.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool empty() const { return rows_.empty(); }

 private:
  [[nodiscard]] std::vector<std::size_t> widths() const;

  std::vector<std::string> headers_;
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tiebeam::cli
