// Signatures as they are made and taken back.
#pragma once

#include <string>

#include "model/record_type.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

// A signature of `person` for the case with this hash, empty: as it is now. What was seen is filled
// in when it is written (guards.h). Errors: investment.no_signer, investment.not_valued.
[[nodiscard]] Result<Record> signature_for(const FigureBook& book, const Portfolio& portfolio,
                                           const RecordCase& one, const std::string& person,
                                           const std::string& hash, Instant at);
// The newest signature that was not taken back, taken back. Errors: investment.nothing_signed.
[[nodiscard]] Result<Record> withdrawal_of(const FigureBook& book, const Portfolio& portfolio,
                                           const RecordCase& one);

}  // namespace tiebeam::investment
