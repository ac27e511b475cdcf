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
};
// RFC 8259, nested at most as deep as parse_json takes. Where nothing is wrong, the offset of the
// end.
[[nodiscard]] JsonFault json_fault(std::string_view text);

}  // namespace tiebeam
