// Small text tools that several layers share.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tiebeam {

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split_at(std::string_view text, char separator);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
// The text cut to at most `bytes` bytes at a character boundary, with "..." when cut; control
// characters become '?': safe to print in an error message.
[[nodiscard]] std::string shown(std::string_view text, std::size_t bytes = 60);
// All of `text` as a number, or nothing. Never reads "nan", "inf" or hex.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
[[nodiscard]] std::optional<double> parse_number(std::string_view text);
// The shortest text that reads back to the same double: "0.1", "1e+300". REQUIRES: finite.
[[nodiscard]] std::string shortest(double value);

}  // namespace tiebeam
