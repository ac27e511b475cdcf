// Where a text stops being JSON, for who has to mend it. Only asked once a parser has refused it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tiebeam {

struct JsonFault {
  std::size_t offset = 0;            // in bytes from the start
  std::size_t line = 1, column = 1;  // both from 1; a column is a byte
  std::string found, expected;       // "the end of the text", "'}'"; "a value"
  bool is_too_deep = false;          // nested deeper than kDeepestJson
};
constexpr std::size_t kDeepestJson = 64;  // lists and objects around a value

// RFC 8259 and what is held of it: UTF-8, finite doubles, whole numbers of 64 bits, kDeepestJson.
// Where nothing is wrong, the offset of the end.
[[nodiscard]] JsonFault json_fault(std::string_view text);

}  // namespace tiebeam
