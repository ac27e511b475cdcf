#include "base/json_pointer.h"

#include "base/text.h"

namespace tiebeam {

std::string pointer_part(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (const char c : name) {
    if (c == '~' || c == '/') {
      out += c == '~' ? "~0" : "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string shown_pointer(std::string_view pointer) {
  constexpr std::size_t kLongest = 200;
  return pointer.empty() ? "/" : shown(pointer, kLongest);
}

}  // namespace tiebeam
