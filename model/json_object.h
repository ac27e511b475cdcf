// Reading a file that people write as JSON: every fault is told, with its JSON pointer, what was
// found, what was expected and a next step; what is not known is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "base/estimate.h"
#include "model/json.h"

namespace tiebeam {

// "/cases/0/adoption: found 1.7, expected a share from 0 to 1", `field` the pointer.
[[nodiscard]] Error unexpected_at(std::string code, const std::string& pointer,
                                  std::string_view found, std::string_view expected,
                                  std::string hint = {});

// All that is wrong with a file as one Error with this code: the first fault speaks, the others
// stand in its detail, one a line, at most kMostFaults. REQUIRES: `faults` is not empty.
[[nodiscard]] Error all_as_one(std::string code, std::vector<Error> faults);

// The same faults one by one, the first under this code, at most kMostFaults.
[[nodiscard]] std::vector<Error> all_under(std::string code, std::vector<Error> faults);

enum class Null : std::uint8_t { is_missing, is_a_fault };

// One object of such a file. What it does not hold, or holds wrongly, is added to the faults; the
// value is then missing or `otherwise`. Faults: json.wrong_kind,
// json.missing_field, json.unknown_field, json.out_of_range, json.unknown_choice and those of
// estimates.
class JsonObject {
 public:
  // Something else than an object is a fault, and every field missing.
  JsonObject(const Json& json, std::string pointer, std::vector<Error>& faults,
             Null null = Null::is_missing);

  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] std::string at(std::string_view key) const;  // pointer of a member
  [[nodiscard]] const Json* find(std::string_view key);      // null when it is missing
  [[nodiscard]] bool has(std::string_view key);
  [[nodiscard]] std::string text(std::string_view key, std::string otherwise = {});
  // Missing or empty: a fault, and "".
  [[nodiscard]] std::string needed_text(std::string_view key);
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  // A slug. Missing or not one: a fault, and "".
  [[nodiscard]] std::string id();
  [[nodiscard]] bool flag(std::string_view key, bool otherwise);
  // A finite number within [low, high]; 0 has no sign, and nothing is nearer to it than 1e-100.
  [[nodiscard]] std::optional<double> number(std::string_view key, double low, double high);
  [[nodiscard]] std::optional<double> needed_number(std::string_view key, double low, double high);
  [[nodiscard]] std::optional<std::int64_t> whole(std::string_view key, std::int64_t low,
                                                  std::int64_t high);
  // The place of the text among `choices`.
  [[nodiscard]] std::size_t choice(std::string_view key,
                                   const std::vector<std::string_view>& choices,
                                   std::size_t otherwise);
  [[nodiscard]] std::optional<Estimate> estimate(std::string_view key);
  [[nodiscard]] std::optional<Estimate> needed_estimate(std::string_view key);
  // The members of a list; of an object.
  [[nodiscard]] const Json::Array& list(std::string_view key);
  [[nodiscard]] const Json::Object& object(std::string_view key);
  void need(std::string_view key, std::string_view expected);  // a fault when it is missing
  // A fault of a member that only the caller can see.
  void fault(std::string_view key, std::string_view found, std::string_view expected,
             std::string hint = {});
  // Call last: members that nobody asked for are faults, told before the others of this object, as
  // a name that is misspelt is missing, too.
  void refuse_others();

 private:
  void wrong(std::string_view key, const Json& found, std::string_view expected);
  void ask(std::string_view key);
  [[nodiscard]] const Json* member(std::string_view key);
  [[nodiscard]] bool is_asked(std::string_view key) const;

  const Json* json_;
  std::string pointer_;
  std::vector<Error>& faults_;
  std::size_t before_;  // faults of what came before this object
  Null null_;
  std::vector<std::string_view> asked_;  // in their order
  // Of what has many members: a table for each, or looking up all of them would be quadratic.
  std::unordered_set<std::string_view> asked_set_;
  std::unordered_map<std::string_view, const Json*> members_;
};

}  // namespace tiebeam
