#include "store/mask.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace tiebeam::store {
namespace {

// The code points of UTF-8 text, or nothing when it is not UTF-8.
std::optional<std::vector<std::uint32_t>> code_points(std::string_view text) {
  if (!is_valid_utf8(text)) return std::nullopt;
  std::vector<std::uint32_t> out;
  for (const char each : text) {
    const auto byte = static_cast<std::uint8_t>(each);
    if ((byte & 0xC0U) == 0x80U)
      out.back() = out.back() << 6U | (byte & 0x3FU);
    else if (byte < 0x80)
      out.push_back(byte);
    else
      out.push_back(byte & (byte >= 0xF0 ? 0x07U : byte >= 0xE0 ? 0x0FU : 0x1FU));
  }
  return out;
}

void put_unit(std::string& out, std::uint32_t unit, bool is_little) {
  const char low = static_cast<char>(unit & 0xFFU);
  const char high = static_cast<char>(unit >> 8U & 0xFFU);
  out.push_back(is_little ? low : high);
  out.push_back(is_little ? high : low);
}

Pattern utf16(const std::vector<std::uint32_t>& points, bool is_little) {
  Pattern out{{}, {}, 2, is_little};
  for (const std::uint32_t point : points) {
    if (point >= 0x10000) {
      put_unit(out.find, 0xD800U + ((point - 0x10000U) >> 10U), is_little);
      put_unit(out.find, 0xDC00U + ((point - 0x10000U) & 0x3FFU), is_little);
    } else {
      put_unit(out.find, point, is_little);
    }
  }
  while (out.cover.size() < out.find.size()) put_unit(out.cover, 'x', is_little);
  return out;
}

// Letters of western names are the same in Windows-1252 and Latin-1.
std::optional<Pattern> latin(const std::vector<std::uint32_t>& points) {
  std::string find;
  for (const std::uint32_t point : points) {
    if (point > 0xFF) return std::nullopt;
    find.push_back(static_cast<char>(point));
  }
  const std::size_t size = find.size();
  return Pattern{std::move(find), std::string(size, 'x'), 1};
}

bool is_word(std::string_view bytes, std::size_t at, const Pattern& pattern) {
  auto unit = static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at]));
  if (pattern.unit == 2) {
    const auto second = static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at + 1]));
    unit = pattern.is_little ? unit | second << 8U : unit << 8U | second;
  }
  const bool is_letter = (unit | 0x20U) >= 'a' && (unit | 0x20U) <= 'z';
  const bool is_digit = unit >= '0' && unit <= '9';
  return unit >= 0x80 || is_letter || is_digit || unit == '_';
}

bool stands_alone(std::string_view bytes, std::size_t at, const Pattern& pattern, Cuts cuts) {
  const std::size_t end = at + pattern.find.size();
  const bool is_first = at < pattern.unit;
  const bool is_last = end + pattern.unit > bytes.size();
  const bool is_open_left = is_first ? !cuts.at_start : !is_word(bytes, at - pattern.unit, pattern);
  const bool is_open_right = is_last ? !cuts.at_end : !is_word(bytes, end, pattern);
  return is_open_left && is_open_right;
}

void longest_first(std::vector<Pattern>& patterns) {
  std::ranges::sort(patterns, [](const Pattern& a, const Pattern& b) {
    return a.find.size() != b.find.size() ? a.find.size() > b.find.size() : a.find < b.find;
  });
}

}  // namespace

std::vector<Pattern> text_patterns_of(const std::vector<std::string>& names) {
  std::vector<Pattern> out;
  for (const std::string& name : names) {
    if (!name.empty()) out.push_back({name, std::string(name.size(), 'x'), 1});
  }
  longest_first(out);
  return out;
}

std::vector<Pattern> patterns_of(const std::vector<std::string>& names) {
  std::vector<Pattern> out = text_patterns_of(names);
  for (const std::string& name : names) {
    const auto points = code_points(name);
    if (name.empty() || !points) continue;
    out.push_back(utf16(*points, true));
    out.push_back(utf16(*points, false));
    if (const auto western = latin(*points); western && western->find != name)
      out.push_back(*western);
  }
  longest_first(out);
  return out;
}

std::int64_t mask(std::string& bytes, const std::vector<Pattern>& patterns, Cuts cuts) {
  std::int64_t places = 0;
  for (const Pattern& pattern : patterns) {
    std::size_t at = bytes.find(pattern.find);
    while (at != std::string::npos) {
      if (stands_alone(bytes, at, pattern, cuts)) {
        bytes.replace(at, pattern.cover.size(), pattern.cover);
        ++places;
      }
      at = bytes.find(pattern.find, at + 1);
    }
  }
  return places;
}

}  // namespace tiebeam::store
