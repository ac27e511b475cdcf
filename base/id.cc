#include "base/id.h"

namespace tiebeam {
namespace {
bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
}  // namespace

bool is_slug(std::string_view text) {
  if (text.empty() || text.size() > kMaxSlug || !is_alnum(text[0])) return false;
  return std::ranges::all_of(
      text, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

std::string slugify(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool inner = (c == '-' || c == '_' || c == '.') && !out.empty();
    if (is_alnum(c) || inner) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
    if (out.size() == kMaxSlug) break;
  }
  while (!out.empty() && !is_alnum(out.back())) out.pop_back();
  return out;
}

}  // namespace tiebeam
