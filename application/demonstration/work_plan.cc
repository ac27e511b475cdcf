#include "application/demonstration/work_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "model/json_object.h"

namespace tiebeam::demonstration {
namespace {

constexpr double kMost = 1e6;

class Reader {
 public:
  Result<WorkPlan> read(const Json& json) {
    JsonObject top(json, "", faults_);
    out_.value_stream = needed(top, "value_stream");
    out_.prefix = needed(top, "prefix");
    out_.first_number = top.whole("first_number", 1, 1'000'000).value_or(1);
    out_.from = day(top, "from");
    out_.hours = top.text("hours", "Mon-Fri 08:30-17:00");
    out_.created_state = needed(top, "created_state");
    out_.done_state = needed(top, "done_state");
    out_.dropped = top.number("dropped", 0, 1).value_or(0);
    out_.dropped_state = top.text("dropped_state", "Cancelled");
    out_.who = texts(top, "who");
    each(top, "rates", [this](JsonObject& one) {
      out_.rates.push_back({.from = day(one, "from"), .a_week = number(one, "a_week")});
    });
    each(top, "types", [this](JsonObject& one) { out_.types.push_back(type(one)); });
    each(top, "services", [this](JsonObject& one) { out_.services.push_back(service(one)); });
    each(top, "stations", [this](JsonObject& one) { out_.stations.push_back(station(one)); });
    top.refuse_others();
    check();
    if (faults_.empty()) return std::move(out_);
    Error first{.kind = Kind::invalid,
                .code = "demo.bad_plan",
                .message = "this plan of made-up work cannot be used",
                .detail = {},
                .hint = "demo/README.md says what each field is",
                .field = {}};
    for (const Error& fault : faults_)
      first.detail += fmt::format("{}{}", first.detail.empty() ? "" : "\n", fault.message);
    return std::unexpected(std::move(first));
  }

 private:
  std::string needed(JsonObject& object, std::string_view key) {
    object.need(key, "a text");
    return object.text(key);
  }
  double number(JsonObject& object, std::string_view key) {
    object.need(key, "a number");
    return object.number(key, 0, kMost).value_or(0);
  }
  Day day(JsonObject& object, std::string_view key) {
    const std::string text = needed(object, key);
    const auto read = parse_day(text);
    if (read) return *read;
    faults_.push_back(unexpected_at("json.wrong_kind", object.at(key), text, "a day"));
    return {};
  }
  std::vector<std::string> texts(JsonObject& object, std::string_view key) {
    std::vector<std::string> out;
    for (const Json& item : object.list(key)) {
      if (const auto* text = item.if_string()) {
        out.push_back(*text);
      } else {
        faults_.push_back(
            unexpected_at("json.wrong_kind", object.at(key), write_json(item), "texts"));
      }
    }
    return out;
  }
  // {"Mira": 3, "Jon": 1}
  std::vector<Share> shares(JsonObject& object, std::string_view key) {
    std::vector<Share> out;
    for (const auto& [name, weight] : object.object(key)) {
      const auto number = weight.number();
      if (number && *number >= 0) {
        out.push_back({name, *number});
      } else {
        faults_.push_back(unexpected_at("json.wrong_kind", object.at(key), write_json(weight),
                                        "a weight for each name"));
      }
    }
    return out;
  }
  template <class F>
  void each(JsonObject& object, std::string_view key, F one) {
    const Json::Array& items = object.list(key);
    if (items.empty())
      faults_.push_back(
          unexpected_at("json.missing_field", object.at(key), "none", "at least one"));
    for (std::size_t i = 0; i < items.size(); ++i) {
      JsonObject item(items[i], fmt::format("{}/{}", object.at(key), i), faults_);
      one(item);
      item.refuse_others();
    }
  }

  Type type(JsonObject& one) {
    Type out;
    out.name = needed(one, "name");
    out.weight = number(one, "weight");
    out.priority_high = one.number("priority_high", 0, 1).value_or(out.priority_high);
    out.titles = texts(one, "titles");
    if (out.titles.empty())
      faults_.push_back(unexpected_at("json.missing_field", one.at("titles"), "none", "titles"));
    return out;
  }
  Service service(JsonObject& one) {
    Service out;
    out.name = needed(one, "name");
    out.weight = number(one, "weight");
    out.holders = shares(one, "holders");
    out.things = texts(one, "things");
    out.initiatives = shares(one, "initiatives");
    if (out.things.empty())
      faults_.push_back(unexpected_at("json.missing_field", one.at("things"), "none", "things"));
    return out;
  }
  Station station(JsonObject& one) {
    Station out;
    out.state = needed(one, "state");
    out.queue = one.text("queue");
    out.team = one.text("team");
    out.days = spell(one);
    out.desks = one.whole("desks", 1, 1000).value_or(0);
    out.chance = one.number("chance", 0, 1).value_or(1);
    out.types = texts(one, "types");
    out.back_chance = one.number("back_chance", 0, 0.9).value_or(0);
    out.back_to = one.text("back_to");
    out.keeps_holder = one.flag("keeps_holder", false);
    out.holders = shares(one, "holders");
    return out;
  }
  Spell spell(JsonObject& one) {
    Spell out;
    const std::vector<Share> parts = shares(one, "days");
    for (const Share& part : parts) {
      if (part.name == "half") out.half = part.weight;
      if (part.name == "nine_tenths") out.nine_tenths = part.weight;
    }
    if (parts.size() != 2 || out.half <= 0 || out.nine_tenths < out.half)
      faults_.push_back(unexpected_at("json.out_of_range", one.at("days"), "something else",
                                      "half above 0 and nine_tenths not below it"));
    return out;
  }

  void check() {
    for (std::size_t i = 0; i < out_.stations.size(); ++i) {
      const Station& station = out_.stations[i];
      if (station.back_chance == 0) continue;
      const auto until = out_.stations.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::ranges::find(out_.stations.begin(), until, station.back_to, &Station::state) !=
          until)
        continue;
      faults_.push_back(unexpected_at("json.unknown_choice", fmt::format("/stations/{}/back_to", i),
                                      station.back_to, "the state of an earlier station"));
    }
    for (const Service& service : out_.services) {
      if (service.holders.empty())
        faults_.push_back(unexpected_at("json.missing_field", "/services/" + service.name,
                                        "no holders", "who knows it"));
    }
    if (!std::ranges::is_sorted(out_.rates, {}, &Rate::from))
      faults_.push_back(
          unexpected_at("json.out_of_range", "/rates", "days out of order", "by day"));
  }

  WorkPlan out_;
  std::vector<Error> faults_;
};

}  // namespace

Result<WorkPlan> work_plan(const Json& json) { return Reader().read(json); }

}  // namespace tiebeam::demonstration
