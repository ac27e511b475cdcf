#include "rooms/risk/strict_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/record_json.h"

namespace tiebeam::risk {

void Faults::add(std::string pointer, std::string message, std::string hint) {
  const std::string at = pointer.empty() ? "the file" : pointer;
  add({.kind = Kind::invalid,
       .code = {},
       .message = fmt::format("{}: {}", at, message),
       .detail = {},
       .hint = std::move(hint),
       .field = std::move(pointer)});
}

void Faults::add(Error error) { all_.push_back(std::move(error)); }

Error Faults::first(std::string code) && {
  Error out = std::move(all_.front());
  out.code = std::move(code);
  for (std::size_t i = 1; i < all_.size(); ++i) {
    if (!out.detail.empty()) out.detail += '\n';
    out.detail += all_[i].message;
  }
  return out;
}

Fields::Fields(const Json& json, std::string pointer, std::vector<std::string_view> known,
               Faults& faults)
    : json_(json), pointer_(std::move(pointer)), faults_(faults) {
  const auto* members = json.if_object();
  if (members == nullptr) {
    faults_.add(pointer_,
                fmt::format("this is {}; it should be an object with fields", json.kind()),
                fmt::format("write {{\"{}\": ...}} there", known.front()));
    return;
  }
  for (const auto& [key, value] : *members) {
    if (std::ranges::find(known, key) != known.end()) continue;
    if (key == "currency") {
      faults_.add(at(key), "all amounts of a register are in its one currency",
                  "convert to the register's currency first, at a dated rate");
      continue;
    }
    faults_.add(at(key), fmt::format("this field is not known here{}", did_you_mean(key, known)),
                fmt::format("use {}", fmt::join(known, ", ")));
  }
}

const Json* Fields::find(std::string_view key) const {
  return json_.if_object() != nullptr ? json_.find(key) : nullptr;
}

// RFC 6901: "~" and "/" inside a name are written "~0" and "~1".
std::string Fields::at(std::string_view key) const {
  std::string out = pointer_ + "/";
  for (const char c : shown(key)) {
    if (c == '~' || c == '/') {
      out += c == '~' ? "~0" : "~1";
    } else {
      out += c;
    }
  }
  return out;
}

void Fields::missing(std::string_view key, std::string_view what) {
  if (json_.if_object() == nullptr) return;  // told already
  faults_.add(at(key), fmt::format("{} is missing", what), fmt::format("add \"{}\"", key));
}

std::string Fields::text(std::string_view key) {
  const Json* found = find(key);
  if (found == nullptr) return {};
  if (const auto* text = found->if_string()) return *text;
  faults_.add(at(key), fmt::format("this is {}; it should be text", found->kind()),
              "write it in quotes");
  return {};
}

std::string Fields::needed_text(std::string_view key) {
  if (find(key) == nullptr) {
    missing(key, "a name");
    return {};
  }
  std::string out = text(key);
  if (out.empty() && find(key)->if_string() != nullptr)
    faults_.add(at(key), "this is empty", "give it a name of its own");
  return out;
}

std::optional<double> Fields::number(std::string_view key, double least, double most) {
  const Json* found = find(key);
  if (found == nullptr) return std::nullopt;
  const auto number = found->number();
  if (!number) {
    faults_.add(at(key), fmt::format("this is {}; it should be a number", found->kind()),
                "write a plain number, without a unit or quotes");
    return std::nullopt;
  }
  const bool tiny = *number != 0 && std::abs(*number) < 1e-100;
  if (tiny || (*number == 0 && std::signbit(*number))) {
    faults_.add(at(key),
                fmt::format("this is {}, {}", shortest(*number),
                            tiny ? "too near 0 to be meant" : "a zero with a sign"),
                "write 0");
    return std::nullopt;
  }
  if (*number < least || *number > most) {
    const bool per_cent = most == 1 && *number > 1 && *number <= 100;
    faults_.add(at(key),
                fmt::format("this is {}; it should be from {} to {}", *number, least, most),
                per_cent ? fmt::format("write {} if {} % is meant", *number / 100, *number)
                         : "correct the number");
    return std::nullopt;
  }
  return number;
}

std::optional<double> Fields::needed_number(std::string_view key, double least, double most) {
  if (find(key) == nullptr) missing(key, "a number");
  return number(key, least, most);
}

std::optional<Estimate> Fields::estimate(std::string_view key) {
  static const std::vector<std::string_view> kNames = {
      "kind",   "value", "p01",  "p025",  "p05",   "p10",    "p25",    "p50",  "p75",
      "p90",    "p95",   "p975", "p99",   "mean",  "sd",     "min",    "mode", "max",
      "lambda", "alpha", "beta", "shape", "scale", "values", "weights"};
  const Json* found = find(key);
  if (found == nullptr) return std::nullopt;
  if (found->find("kind") != nullptr) {
    const Fields known(*found, at(key), kNames, faults_);
    for (const auto& [name, value] : *found->if_object())
      if (std::ranges::find(kNames, name) == kNames.end()) return std::nullopt;
  }
  auto read = estimate_from(*found, at(key));
  if (read) return *std::move(read);
  Error error = std::move(read).error();
  if (!error.message.starts_with(pointer_))
    error.message = fmt::format("{}: {}", error.field, error.message);
  faults_.add(std::move(error));
  return std::nullopt;
}

std::optional<Estimate> Fields::needed_estimate(std::string_view key) {
  if (find(key) == nullptr) missing(key, "an estimate");
  return estimate(key);
}

const Json::Array& Fields::list(std::string_view key) {
  static const Json::Array kNone;
  const Json* found = find(key);
  if (found == nullptr) return kNone;
  if (const auto* items = found->if_array()) return *items;
  faults_.add(at(key), fmt::format("this is {}; it should be a list", found->kind()),
              "write [ ... ] there");
  return kNone;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  std::vector<std::string> out;
  const Json::Array& items = list(key);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const auto* text = items[i].if_string()) {
      out.push_back(*text);
    } else {
      faults_.add(fmt::format("{}/{}", at(key), i),
                  fmt::format("this is {}; it should be text", items[i].kind()),
                  "write it in quotes");
    }
  }
  return out;
}

}  // namespace tiebeam::risk
