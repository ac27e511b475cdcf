// Covering names: the first line holds them, separated by '|'; the rest is the text. Nothing but
// names is touched, and none is left where it stood alone.
#include "base/fuzz_support.h"
#include "store/mask.h"

namespace tiebeam::store {

FUZZ(input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  std::vector<std::string> names;
  for (const std::string_view name : split_at(input.substr(0, end), '|'))
    if (is_valid_utf8(name)) names.emplace_back(name);
  const std::string before(input.substr(end));
  for (const auto& patterns : {patterns_of(names), text_patterns_of(names)}) {
    for (const auto& pattern : patterns)
      FUZZ_CHECK(!pattern.find.empty() && pattern.find.size() == pattern.cover.size());
    std::string bytes = before;
    const std::int64_t places = mask(bytes, patterns);
    FUZZ_CHECK(bytes.size() == before.size() && places >= 0);
    FUZZ_CHECK(places > 0 || bytes == before);
    std::string cut = before;
    (void)mask(cut, patterns, {.at_start = true, .at_end = true});
    FUZZ_CHECK(cut.size() == before.size());
  }
  if (input.substr(0, end).contains('x')) return;  // a name may be what covers another
  std::string bytes = before;
  (void)mask(bytes, text_patterns_of(names));
  FUZZ_CHECK(mask(bytes, text_patterns_of(names)) == 0);
}

}  // namespace tiebeam::store
