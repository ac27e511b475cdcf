// Sentences made of figures. A sentence is a template with figure keys in braces; it is said only
// when each of its figures can be shown, and the number in it is the figure in words, nothing else.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/figures.h"

namespace tiebeam::briefing {

// A stretch of plain text, or a figure in words with its key.
struct Piece {
  std::string text;
  std::string figure;  // empty for plain text
};

enum class Role : std::uint8_t { answer, volume, value, good, bad, ask };
[[nodiscard]] std::string_view role_name(Role role);

struct Sentence {
  Role role = Role::answer;
  std::vector<Piece> pieces;
  [[nodiscard]] std::string plain() const;                 // without marks
  [[nodiscard]] std::vector<std::string> figures() const;  // keys, in order of appearance
};

// Fills a template such as "85 of 100 are finished within {flow.cycle_time.km.p85}."; nothing when
// a figure is not there or has nothing to show. REQUIRES: braces are balanced.
[[nodiscard]] std::optional<Sentence> fill(Role role, std::string_view pattern,
                                           const FigureBook& book);

// What one brief says: one answer, one volume, at most one of value, one good, one bad, one ask; in
// this order.
[[nodiscard]] std::vector<Sentence> sentences_of(const FigureBook& book);

}  // namespace tiebeam::briefing
