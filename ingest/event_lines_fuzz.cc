// Events as JSON lines: every line that is not blank is taken, a repeat or refused.
#include "ingest/fuzz_support.h"

namespace tiebeam {
namespace {

std::int64_t lines_of(std::string_view bytes) {
  ingest::TextStream stream = fuzz::stream_of(bytes, 4096);
  std::int64_t lines = 0;
  for (const std::string_view line : split_at(stream.text(), '\n')) lines += !trim(line).empty();
  return lines;
}

}  // namespace

FUZZ(input) {
  const auto batch = fuzz::check_reading(input, {});
  if (!batch || !fuzz::is_json(*batch)) return;
  FUZZ_CHECK(batch->accepted + batch->repeated + batch->rejected == lines_of(input));
}

}  // namespace tiebeam
