#include "model/known_until.h"

namespace tiebeam {

Instant known_until(const FigureBook& book, std::initializer_list<std::string_view> types) {
  Instant known = book.as_of();
  if (book.asked().as_of || book.snapshot().organisation.as_of) return known;
  for (const std::string_view type : types) {
    for (const Record& record : book.snapshot().of(type)) {
      if (const auto* at = std::get_if<Instant>(&record.values[kUpdatedField]))
        known = std::max(known, *at);
    }
  }
  return known;
}

}  // namespace tiebeam
