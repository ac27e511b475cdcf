// What a spreadsheet program does to the keys of an export that was opened in it: long numbers are
// rounded, keys that look like days become dates, leading zeros go. Told by the keys alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/stamp_column.h"

namespace tiebeam::ingest {

enum class KeyFault : std::uint8_t { none, rounded, ends_in_zeros, made_a_date };

// What became of a key: "1,23457E+14" is rounded, 123456789012345000 may be (15 digits are kept),
// "12. Mrz", "Mar 99" and "03.12.2026" are dates.
[[nodiscard]] KeyFault fault_of_key(std::string_view key);

class KeyDamage {
 public:
  // One row that is no repeat of another. `created`: kMissing when there is none.
  void add(std::string_view key, Packed created);
  // What is to be said. REQUIRES: `column` is the key's. Errors: ingest.damaged_keys when rows can
  // not be told apart any more.
  [[nodiscard]] Result<std::vector<std::string>> check(std::string_view file,
                                                       std::string_view column,
                                                       DateOrder order) const;

 private:
  struct Tally {
    std::int64_t rows = 0, shared = 0;  // keys with the fault; those of them that stood before
    std::string first;
    std::map<std::string, std::int64_t, std::less<>> keys = {};
  };
  struct Number {
    std::uint8_t digits;
    Packed created;
  };
  void add_number(std::string_view key, Packed created);
  [[nodiscard]] std::optional<std::string> lost_zeros(std::string_view column,
                                                      DateOrder order) const;

  std::int64_t rows_ = 0;
  [[nodiscard]] Result<std::optional<std::string>> told(const Tally& tally, std::string_view file,
                                                        std::string_view column,
                                                        std::string_view what) const;
  Tally rounded_, zeros_, dates_;
  std::int64_t long_numbers_ = 0;  // of more digits than are kept
  bool all_numbers_ = true;        // plain digits, none with a zero in front
  std::vector<Number> numbers_;
};

}  // namespace tiebeam::ingest
