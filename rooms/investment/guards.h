// What the room checks of its records before they are written: estimates that cannot be meant, and
// signatures for a case that is no longer the one that was shown.
#pragma once

#include <vector>

#include "base/error.h"
#include "model/record_type.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

// Errors: those of faults_of, beside their fields; investment.reserved_id.
[[nodiscard]] std::vector<Error> check_initiative(const Record& record);
[[nodiscard]] std::vector<Error> check_effect(const FigureBook& book, const Record& record);

// Fills when and what was seen, from the case as it is. Errors: investment.not_valued,
// investment.case_not_seen (no case_hash), investment.case_moved (the case is another one by now).
[[nodiscard]] std::vector<Error> complete_sign_off(const FigureBook& book, Record& record,
                                                   Instant at, const KeepPtr& keep);
// A signature stays as it was given; it may only be taken back, and once. `record` null: it would
// be removed. Errors: investment.signature_is_fixed, investment.already_withdrawn (not of a file,
// which may say the same again).
[[nodiscard]] std::vector<Error> check_signature(const Record& held, const Record* record,
                                                 bool from_file = false);

// Readings are of a day that has come, `at` or by what is on record. Errors:
// investment.day_to_come; of adoption also investment.more_than_eligible.
[[nodiscard]] std::vector<Error> check_benefit_reading(const FigureBook& book, const Record& record,
                                                       Instant at);
[[nodiscard]] std::vector<Error> check_adoption_reading(const FigureBook& book,
                                                        const Record& record, Instant at);

}  // namespace tiebeam::investment
