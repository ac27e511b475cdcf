// JSON: what is read is written so that it reads back the same.
#include "base/fuzz_support.h"
#include "model/json.h"

namespace tiebeam {

FUZZ(input) {
  const auto json = parse_json(input);
  if (!json) return fuzz::check_error(json.error());
  const std::string line = write_json(*json);
  FUZZ_CHECK(is_valid_utf8(line));
  FUZZ_CHECK(!line.contains('\n'));
  for (const std::string& text : {line, write_json(*json, true)}) {
    const auto again = parse_json(text);
    FUZZ_CHECK(again && write_json(*again) == line, text);
  }
}

}  // namespace tiebeam
