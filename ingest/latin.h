// Letters of the languages that sources are written in, without their accents: for comparing words.
#pragma once

#include <string_view>

namespace tiebeam::ingest {

// The small letter without its accent, for the two-byte letters of UTF-8 from U+00C0 on; ' ' for
// those that have none.
[[nodiscard]] constexpr char plain_letter(unsigned point) {
  constexpr std::string_view latin1 =
      "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
  if (point >= 0xC0 && point <= 0xFF) return latin1[point - 0xC0];
  return point == 0x152 || point == 0x153 ? 'o' : ' ';
}

}  // namespace tiebeam::ingest
