// A register file as the records of an organisation: what is held under the same id is brought to
// what the file says, all else is added; importing twice adds nothing.
// docs/format/risk-register.md, section "Into records".
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "model/snapshot.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

struct RegisterRecords {
  std::vector<std::pair<std::string, Record>> records;  // type and record, referred-to ones first
  std::vector<std::string> left_out;                    // in words, where that was allowed
  std::vector<std::string> told;  // in words: what else follows that somebody should know
  // Type and id of insurance layers, reductions and loadings of the file's scenarios, causes and
  // controls that the file no longer has.
  std::vector<std::pair<std::string, std::string>> removed;
};
// `drop_unknown`: an asset or a goal that is no service or priority here is left out instead of
// refused. Errors: those of prepare; risk.cannot_import, each fault with its JSON pointer.
[[nodiscard]] std::expected<RegisterRecords, std::vector<Error>> records_of_register(
    const Register& wanted, const Snapshot& snapshot, bool drop_unknown);

}  // namespace tiebeam::risk
