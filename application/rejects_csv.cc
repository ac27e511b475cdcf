#include "application/rejects_csv.h"

#include <fmt/format.h>

#include "model/record_csv.h"

namespace tiebeam {

std::string rejects_csv(const std::vector<ingest::Reject>& rejects) {
  std::string out = "line,column,found,reason\n";
  for (const ingest::Reject& reject : rejects) {
    out += fmt::format("{},", reject.line);
    append_csv_cell(out, reject.column);
    out += ',';
    append_csv_cell(out, reject.found);
    out += ',';
    append_csv_cell(out, fmt::format("expected {}", reject.expected));
    out += '\n';
  }
  return out;
}

}  // namespace tiebeam
