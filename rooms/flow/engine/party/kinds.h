// Whom work waits for, in the few kinds that can be compared between organisations. A map may name
// a party in any words; the words are kept, the kind is read from them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tiebeam::flow {

enum class PartyKind : std::uint8_t {
  business_decision,
  requirement_change,
  funding,
  it,
  vendor,
  other_stream,
  other,
  not_said
};
constexpr std::size_t kPartyKinds = 8;
[[nodiscard]] std::string_view party_key(PartyKind kind);    // "business_decision"
[[nodiscard]] std::string_view party_words(PartyKind kind);  // "a business decision"

// not_said for an empty text; other for words we do not know. English, German, French, Spanish,
// Dutch.
[[nodiscard]] PartyKind party_kind(std::string_view text);

// Surely not IT. Another stream may be IT's own or not, so it is on neither side.
[[nodiscard]] constexpr bool is_outside_it(PartyKind kind) {
  return kind != PartyKind::it && kind != PartyKind::other_stream && kind != PartyKind::not_said;
}

// True when a word of `text` starts with `stem`, both in lower case: "sign-off" in "awaiting
// sign-off".
[[nodiscard]] bool has_word(std::string_view text, std::string_view stem);

}  // namespace tiebeam::flow
