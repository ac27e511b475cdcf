#include "rooms/flow/engine/party/kinds.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"

namespace tiebeam::flow {
namespace {

struct Words {
  const char* key;
  const char* words;
};
constexpr std::array<Words, kPartyKinds> kNames = {{{"business_decision", "a business decision"},
                                                    {"requirement_change", "changed requirements"},
                                                    {"funding", "funding"},
                                                    {"it", "IT"},
                                                    {"vendor", "a vendor"},
                                                    {"other_stream", "another stream"},
                                                    {"other", "someone else"},
                                                    {"not_said", "nobody named"}}};

// In the order in which they are tried: "vendor decision" is a vendor's.
constexpr std::pair<std::string_view, PartyKind> kStems[] = {
    {"vendor", PartyKind::vendor},
    {"supplier", PartyKind::vendor},
    {"third party", PartyKind::vendor},
    {"3rd party", PartyKind::vendor},
    {"contractor", PartyKind::vendor},
    {"manufacturer", PartyKind::vendor},
    {"lieferant", PartyKind::vendor},
    {"dienstleister", PartyKind::vendor},
    {"hersteller", PartyKind::vendor},
    {"fournisseur", PartyKind::vendor},
    {"prestataire", PartyKind::vendor},
    {"proveedor", PartyKind::vendor},
    {"leverancier", PartyKind::vendor},
    {"fund", PartyKind::funding},
    {"budget", PartyKind::funding},
    {"finanz", PartyKind::funding},
    {"financ", PartyKind::funding},
    {"money", PartyKind::funding},
    {"presupuesto", PartyKind::funding},
    {"begroting", PartyKind::funding},
    {"requirement", PartyKind::requirement_change},
    {"specification", PartyKind::requirement_change},
    {"scope", PartyKind::requirement_change},
    {"clarification", PartyKind::requirement_change},
    {"anforderung", PartyKind::requirement_change},
    {"exigence", PartyKind::requirement_change},
    {"requisito", PartyKind::requirement_change},
    {"other stream", PartyKind::other_stream},
    {"another stream", PartyKind::other_stream},
    {"stream", PartyKind::other_stream},
    {"other team", PartyKind::other_stream},
    {"another team", PartyKind::other_stream},
    {"other department", PartyKind::other_stream},
    {"dependency", PartyKind::other_stream},
    {"decision", PartyKind::business_decision},
    {"approv", PartyKind::business_decision},
    {"business", PartyKind::business_decision},
    {"sponsor", PartyKind::business_decision},
    {"steering", PartyKind::business_decision},
    {"board", PartyKind::business_decision},
    {"entscheid", PartyKind::business_decision},
    {"fachbereich", PartyKind::business_decision},
    {"freigabe", PartyKind::business_decision},
    {"d\xc3\xa9"
     "cision",
     PartyKind::business_decision},
    {"m\xc3\xa9tier", PartyKind::business_decision},
    {"decisi\xc3\xb3n", PartyKind::business_decision},
    {"negocio", PartyKind::business_decision},
    {"besluit", PartyKind::business_decision},
    {"information technology", PartyKind::it},
    {"developer", PartyKind::it},
    {"development", PartyKind::it},
    {"operations", PartyKind::it},
    {"own team", PartyKind::it},
    {"entwicklung", PartyKind::it},
    {"informatik", PartyKind::it},
    {"informatique", PartyKind::it}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80);
}

}  // namespace

std::string_view party_key(PartyKind kind) { return kNames[static_cast<std::size_t>(kind)].key; }
std::string_view party_words(PartyKind kind) {
  return kNames[static_cast<std::size_t>(kind)].words;
}

bool has_word(std::string_view text, std::string_view stem) {
  for (std::size_t at = text.find(stem); at != std::string_view::npos;
       at = text.find(stem, at + 1)) {
    if (at == 0 || !is_letter(text[at - 1])) return true;
  }
  return false;
}

PartyKind party_kind(std::string_view text) {
  const std::string lower = to_lower_ascii(trim(text));
  if (lower.empty()) return PartyKind::not_said;
  if (lower == "it" || lower.starts_with("it ") || lower.starts_with("it-")) return PartyKind::it;
  const auto found =
      std::ranges::find_if(kStems, [&](const auto& each) { return has_word(lower, each.first); });
  return found == std::end(kStems) ? PartyKind::other : found->second;
}

}  // namespace tiebeam::flow
