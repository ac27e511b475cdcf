// Reads a JSON object whose fields are all known, and collects what is wrong with it by pointer.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/estimate.h"
#include "model/json.h"

namespace tiebeam::risk {

// All faults of one file.
class Faults {
 public:
  void add(std::string pointer, std::string message, std::string hint);
  void add(Error error);
  [[nodiscard]] bool any() const { return !all_.empty(); }
  // The first as `code`, the others one a line in its detail. REQUIRES: any().
  [[nodiscard]] Error first(std::string code) &&;

 private:
  std::vector<Error> all_;
};

// A view of one object. What is missing or of another kind is a fault and reads as nothing.
class Fields {
 public:
  // Faults: not an object, fields that are not among `known`.
  Fields(const Json& json, std::string pointer, std::vector<std::string_view> known,
         Faults& faults);
  [[nodiscard]] const Json* find(std::string_view key) const;
  [[nodiscard]] std::string at(std::string_view key) const;  // its pointer
  [[nodiscard]] const std::string& pointer() const { return pointer_; }

  std::string text(std::string_view key);         // "" where it is not given
  std::string needed_text(std::string_view key);  // at least one character
  std::optional<double> number(std::string_view key, double least, double most);
  std::optional<double> needed_number(std::string_view key, double least, double most);
  std::optional<Estimate> estimate(std::string_view key);
  std::optional<Estimate> needed_estimate(std::string_view key);
  const Json::Array& list(std::string_view key);  // empty where it is not given
  std::vector<std::string> texts(std::string_view key);
  void missing(std::string_view key, std::string_view what);

 private:
  const Json& json_;
  std::string pointer_;
  Faults& faults_;
};

}  // namespace tiebeam::risk
