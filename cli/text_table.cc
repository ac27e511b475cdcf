#include "cli/text_table.h"

#include <algorithm>
#include <optional>

#include "base/error.h"

namespace tiebeam::cli {
namespace {
bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

void pad(std::string& out, const std::string& cell, std::size_t width, bool right, bool last) {
  const std::size_t gap = width - std::min(width, display_width(cell));
  if (right) out.append(gap, ' ');
  out += cell;
  if (!right && !last) out.append(gap, ' ');
  if (!last) out += "  ";
}
}  // namespace

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

std::string fit(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t end = 0, taken = 0;
  while (end < text.size() && (taken + 3 < width || !starts_character(text[end]))) {
    if (starts_character(text[end])) ++taken;
    ++end;
  }
  while (end < text.size() && !starts_character(text[end])) ++end;
  return std::string(text.substr(0, end)) + "...";
}

std::string wrap(std::string_view text, std::size_t width, std::string_view indent) {
  std::string out, line(indent);
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    const bool fresh = line.size() == indent.size();
    if (!fresh && display_width(line) + 1 + display_width(word) > width) {
      out += line + "\n";
      line = indent;
    }
    if (line.size() != indent.size()) line += ' ';
    line += word;
    if (blank == std::string_view::npos) break;
    text.remove_prefix(blank + 1);
  }
  return out + line + "\n";
}

TextTable::TextTable(std::vector<std::string> headers) : headers_(std::move(headers)) {
  for (std::string& header : headers_) {
    right_.push_back(header.starts_with('>'));
    if (right_.back()) header.erase(0, 1);
  }
}

void TextTable::add(std::vector<std::string> cells) {
  TB_CHECK(cells.size() == headers_.size(), "a cell for every column");
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths() const {
  constexpr std::size_t kNarrow = 12, kGap = 2;
  std::vector<std::size_t> out;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    std::size_t width = display_width(headers_[i]);
    for (const auto& row : rows_) width = std::max(width, display_width(row[i]));
    out.push_back(width);
    taken += width + (i == 0 ? 0 : kGap);
  }
  for (; taken > kTextWidth; --taken) {
    std::optional<std::size_t> widest;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!right_[i] && out[i] > kNarrow && (!widest || out[i] >= out[*widest])) widest = i;
    }
    if (!widest) break;
    --out[*widest];
  }
  return out;
}

std::string TextTable::text() const {
  const std::vector<std::size_t> wide = widths();
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      pad(out, fit(cells[i], wide[i]), wide[i], right_[i], i + 1 == cells.size());
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
  };
  line(headers_);
  for (const auto& row : rows_) line(row);
  return out;
}

}  // namespace tiebeam::cli
