// Figures while they are being made: blank from their specs, then given a value, a status and what
// they rest on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/figures.h"

namespace tiebeam {

// No value yet: key, label, unit and the trail of the spec.
[[nodiscard]] Figure blank_figure(const FigureSpec& spec, Instant as_of);
// No value, and why.
void say(Figure& figure, Status status, std::string reason);
// Adds `count` records of `type`, chosen by `filter`, to the trail, and says n.
void rest_on(Figure& figure, std::string_view type, std::size_t count, std::string filter);

// The figures of a family by key, in the order of their specs.
class FigureDraft {
 public:
  FigureDraft(const std::vector<FigureSpec>& specs, Instant as_of);
  [[nodiscard]] Figure& at(std::string_view key);  // REQUIRES: it is declared
  [[nodiscard]] std::vector<Figure> take() { return std::move(figures_); }

 private:
  std::vector<Figure> figures_;
};

}  // namespace tiebeam
