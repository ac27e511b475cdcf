#include "model/derived.h"

#include <algorithm>

namespace tiebeam {

std::vector<Record> laid_over(std::vector<Record> derived, std::vector<Record> written) {
  std::vector<Record> out;
  out.reserve(derived.size() + written.size());
  auto under = derived.begin();
  for (Record& record : written) {
    while (under != derived.end() && under->id() < record.id()) out.push_back(std::move(*under++));
    if (under == derived.end() || under->id() != record.id()) {
      out.push_back(std::move(record));
      continue;
    }
    for (std::size_t i = 0; i < record.values.size(); ++i) {
      if (record.values[i].index() != 0) under->values[i] = std::move(record.values[i]);
    }
    out.push_back(std::move(*under++));
  }
  std::move(under, derived.end(), std::back_inserter(out));
  return out;
}

}  // namespace tiebeam
