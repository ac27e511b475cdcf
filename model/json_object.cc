#include "model/json_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/faults.h"
#include "base/id.h"
#include "base/json_pointer.h"
#include "base/text.h"
#include "model/record_json.h"

namespace tiebeam {
namespace {
const Json::Object kNoMembers;
const Json::Array kNoItems;
constexpr std::size_t kFew = 40;     // names that are looked through one by one
constexpr double kNearest = 1e-100;  // to 0, of a number that is meant
// What estimates of all kinds are written with; which of them a kind takes is its own to say.
const std::vector<std::string_view> kPartsOfEstimates = {
    "kind",   "value", "p01",  "p025",  "p05",   "p10",    "p25",    "p50",  "p75",
    "p90",    "p95",   "p975", "p99",   "mean",  "sd",     "min",    "mode", "max",
    "lambda", "alpha", "beta", "shape", "scale", "values", "weights"};
}  // namespace

Error unexpected_at(std::string code, const std::string& pointer, std::string_view found,
                    std::string_view expected, std::string hint) {
  return {
      .kind = Kind::invalid,
      .code = std::move(code),
      .message = fmt::format("{}: found {}, expected {}", shown_pointer(pointer), found, expected),
      .detail = {},
      .hint = hint.empty() ? fmt::format("write {} there", expected) : std::move(hint),
      .field = pointer,
      .found = std::string(found),
      .expected = std::string(expected)};
}

std::vector<Error> all_under(std::string code, std::vector<Error> faults) {
  keep_first_faults(faults);
  faults.front().code = std::move(code);
  return faults;
}

Error all_as_one(std::string code, std::vector<Error> faults) {
  faults = all_under(std::move(code), std::move(faults));
  Error out = std::move(faults.front());
  for (std::size_t i = 1; i < faults.size(); ++i)
    out.detail += fmt::format("{}{}", out.detail.empty() ? "" : "\n", faults[i].message);
  return out;
}

JsonObject::JsonObject(const Json& json, std::string pointer, std::vector<Error>& faults, Null null)
    : json_(&json),
      pointer_(std::move(pointer)),
      faults_(faults),
      before_(faults.size()),
      null_(null) {
  if (json_->if_object() != nullptr) return;
  faults_.push_back(
      unexpected_at("json.wrong_kind", pointer_, shown(write_json(json)), "an object with fields"));
  json_ = nullptr;
}

std::string JsonObject::at(std::string_view key) const {
  return pointer_ + "/" + pointer_part(key);
}

bool JsonObject::is_asked(std::string_view key) const {
  return asked_set_.empty() ? std::ranges::find(asked_, key) != asked_.end()
                            : asked_set_.contains(key);
}

void JsonObject::ask(std::string_view key) {
  if (is_asked(key)) return;
  asked_.push_back(key);
  if (asked_.size() == kFew) asked_set_.insert(asked_.begin(), asked_.end());
  if (asked_.size() > kFew) asked_set_.insert(key);
}

const Json* JsonObject::member(std::string_view key) {
  const Json::Object* all = json_ != nullptr ? json_->if_object() : nullptr;
  if (all == nullptr || all->size() < kFew) return json_ != nullptr ? json_->find(key) : nullptr;
  if (members_.empty()) {
    for (const auto& [name, value] : *all) members_.emplace(name, &value);
  }
  const auto found = members_.find(key);
  return found == members_.end() ? nullptr : found->second;
}

const Json* JsonObject::find(std::string_view key) {
  ask(key);
  const Json* found = member(key);
  const bool is_there = found != nullptr && (null_ == Null::is_a_fault || !found->is_null());
  return is_there ? found : nullptr;
}

bool JsonObject::has(std::string_view key) { return find(key) != nullptr; }

void JsonObject::fault(std::string_view key, std::string_view found, std::string_view expected,
                       std::string hint) {
  faults_.push_back(unexpected_at("json.out_of_range", at(key), found, expected, std::move(hint)));
}

void JsonObject::wrong(std::string_view key, const Json& found, std::string_view expected) {
  faults_.push_back(unexpected_at("json.wrong_kind", at(key), shown(write_json(found)), expected));
}

void JsonObject::need(std::string_view key, std::string_view expected) {
  if (json_ == nullptr || find(key) != nullptr) return;
  faults_.push_back(unexpected_at("json.missing_field", at(key), "nothing", expected));
}

std::string JsonObject::text(std::string_view key, std::string otherwise) {
  const Json* json = find(key);
  if (json == nullptr) return otherwise;
  if (const auto* text = json->if_string()) return *text;
  wrong(key, *json, "a text");
  return otherwise;
}

std::string JsonObject::needed_text(std::string_view key) {
  need(key, "a text");
  std::string out = text(key);
  const Json* json = find(key);
  if (json != nullptr && json->if_string() != nullptr && out.empty()) wrong(key, *json, "a name");
  return out;
}

std::vector<std::string> JsonObject::texts(std::string_view key) {
  std::vector<std::string> out;
  const Json::Array& items = list(key);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const auto* text = items[i].if_string()) {
      out.push_back(*text);
    } else {
      faults_.push_back(unexpected_at("json.wrong_kind", fmt::format("{}/{}", at(key), i),
                                      shown(write_json(items[i])), "a text"));
    }
  }
  return out;
}

std::string JsonObject::id() {
  constexpr std::string_view kExpected = "an id of a-z, 0-9, '-', '_', '.', at most 80 characters";
  need("id", kExpected);
  const Json* json = find("id");
  if (json == nullptr) return {};
  const auto* text = json->if_string();
  if (text != nullptr && is_slug(*text)) return *text;
  wrong("id", *json, kExpected);
  return {};
}

bool JsonObject::flag(std::string_view key, bool otherwise) {
  const Json* json = find(key);
  if (json == nullptr) return otherwise;
  if (const auto* flag = json->if_bool()) return *flag;
  wrong(key, *json, "true or false");
  return otherwise;
}

std::optional<double> JsonObject::number(std::string_view key, double low, double high) {
  const Json* json = find(key);
  if (json == nullptr) return std::nullopt;
  const auto number = json->number();
  const std::string expected = fmt::format("a number from {} to {}", shortest(low), shortest(high));
  if (!number) {
    wrong(key, *json, expected);
    return std::nullopt;
  }
  if (std::abs(*number) < kNearest && (*number != 0 || std::signbit(*number))) {
    fault(key, shortest(*number) + (*number == 0 ? ", a zero with a sign" : ", too near 0"),
          expected, "write 0");
    return std::nullopt;
  }
  if (*number >= low && *number <= high) return number;
  std::string hint;
  if (high == 1 && *number > 1 && *number <= 100)
    hint = fmt::format("write {} if {} % is meant", shortest(*number / 100), shortest(*number));
  faults_.push_back(unexpected_at("json.out_of_range", at(key), shortest(*number), expected, hint));
  return std::nullopt;
}

std::optional<std::int64_t> JsonObject::whole(std::string_view key, std::int64_t low,
                                              std::int64_t high) {
  const Json* json = find(key);
  if (json == nullptr) return std::nullopt;
  const auto* number = json->if_integer();
  const std::string expected = fmt::format("a whole number from {} to {}", low, high);
  if (number != nullptr && *number >= low && *number <= high) return *number;
  faults_.push_back(
      unexpected_at("json.out_of_range", at(key), shown(write_json(*json)), expected));
  return std::nullopt;
}

std::size_t JsonObject::choice(std::string_view key, const std::vector<std::string_view>& choices,
                               std::size_t otherwise) {
  const Json* json = find(key);
  if (json == nullptr) return otherwise;
  const auto* text = json->if_string();
  if (text != nullptr) {
    const auto found = std::ranges::find(choices, *text);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  }
  faults_.push_back(unexpected_at("json.unknown_choice", at(key), shown(write_json(*json)),
                                  fmt::format("{}", fmt::join(choices, ", "))));
  return otherwise;
}

std::optional<Estimate> JsonObject::estimate(std::string_view key) {
  const Json* json = find(key);
  if (json == nullptr) return std::nullopt;
  if (json->find("kind") != nullptr) {
    const std::size_t before = faults_.size();
    JsonObject parts(*json, at(key), faults_, null_);
    parts.asked_ = kPartsOfEstimates;
    parts.refuse_others();
    if (faults_.size() > before) return std::nullopt;
  }
  auto read = estimate_from(*json, at(key));
  if (read) return *std::move(read);
  Error error = std::move(read).error();
  if (!error.message.starts_with(error.field))
    error.message = fmt::format("{}: {}", error.field, error.message);
  if (error.found.empty()) error.found = shown(write_json(*json), 100);
  if (error.detail.empty()) error.detail = fmt::format("found {}", error.found);
  faults_.push_back(std::move(error));
  return std::nullopt;
}

std::optional<double> JsonObject::needed_number(std::string_view key, double low, double high) {
  need(key, "a number");
  return number(key, low, high);
}

std::optional<Estimate> JsonObject::needed_estimate(std::string_view key) {
  need(key, "an estimate");
  return estimate(key);
}

const Json::Array& JsonObject::list(std::string_view key) {
  const Json* json = find(key);
  if (json == nullptr) return kNoItems;
  if (const auto* items = json->if_array()) return *items;
  wrong(key, *json, "a list");
  return kNoItems;
}

const Json::Object& JsonObject::object(std::string_view key) {
  const Json* json = find(key);
  if (json == nullptr) return kNoMembers;
  if (const auto* members = json->if_object()) return *members;
  wrong(key, *json, "an object with fields");
  return kNoMembers;
}

void JsonObject::refuse_others() {
  if (json_ == nullptr) return;
  std::vector<Error> unknown;
  const std::string known = some_of(asked_);
  Suggestions suggest;
  for (const auto& [key, value] : *json_->if_object()) {
    if (is_asked(key)) continue;
    unknown.push_back(
        unexpected_at("json.unknown_field", at(key),
                      fmt::format("a field '{}', which is not known here", shown(key)),
                      fmt::format("one of {}{}", known, suggest(key, [&] { return asked_; })),
                      "take it out, or write it as it is spelled"));
  }
  faults_.insert(faults_.begin() + static_cast<std::ptrdiff_t>(before_),
                 std::make_move_iterator(unknown.begin()), std::make_move_iterator(unknown.end()));
}

}  // namespace tiebeam
