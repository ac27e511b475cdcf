#include "rooms/risk/starter_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "model/json_object.h"

namespace tiebeam::risk {
namespace {

constexpr const char* kBad = "risk.bad_library";
constexpr double kMost = 1e12, kMostPower = 1.5;
constexpr std::array<std::string_view, 7> kLossFields = {
    "primary_loss", "productivity_loss", "response_loss",  "replacement_loss",
    "fines_loss",   "competitive_loss",  "reputation_loss"};

std::string item(std::string_view list, std::size_t i) { return fmt::format("{}/{}", list, i); }

// The files with what they are made of, and all that is wrong with them.
class Reading {
 public:
  explicit Reading(std::span<const CarriedFile> files) : files_(files) {}

  Result<StarterLibrary> read() {
    const Json measured = file("measured.json");
    if (const auto* numbers = measured.if_object()) measured_ = numbers;
    sources(file("sources.json"));
    library(file("library.json"));
    for (const std::string& id : ids_) out_.starters.push_back(starter(file(id + ".json"), id));
    if (!faults_.empty()) return std::unexpected(all_as_one(kBad, std::move(faults_)));
    return std::move(out_);
  }

 private:
  void wrong(const std::string& pointer, std::string_view found, std::string_view expected) {
    faults_.push_back(unexpected_at(kBad, pointer, found, expected));
  }

  Json file(const std::string& name) {
    const auto at = std::ranges::find(files_, name, &CarriedFile::name);
    if (at == files_.end()) {
      wrong("/" + name, "no such file", "a file of the library");
      return Json::Object{};
    }
    auto json = parse_json(at->text);
    if (json) return *std::move(json);
    wrong("/" + name, json.error().message, "JSON");
    return Json::Object{};
  }

  void sources(const Json& json) {
    JsonObject top(json, "/sources.json", faults_);
    const Json::Array& all = top.list("sources");
    for (std::size_t i = 0; i < all.size(); ++i) {
      JsonObject one(all[i], item(top.at("sources"), i), faults_);
      Source source;
      source.id = one.id();
      source.title = one.needed_text("title");
      source.year = one.whole("year", 1900, 2100).value_or(0);
      source.link = one.needed_text("link");
      source.sample = one.needed_text("sample");
      source.limits = one.needed_text("limits");
      one.refuse_others();
      out_.sources.push_back(std::move(source));
    }
    top.refuse_others();
  }

  void library(const Json& json) {
    JsonObject top(json, "/library.json", faults_);
    if (const Json* held = top.find("reference")) {
      JsonObject reference(*held, top.at("reference"), faults_);
      out_.reference = size(reference);
      static_cast<void>(reference.needed_text("currency"));
      static_cast<void>(reference.needed_text("why"));
      reference.refuse_others();
    }
    sectors(top);
    for (const auto& [code, rate] : top.object("currencies")) {
      if (rate.number() && *rate.number() > 0 && code.size() == 3) {
        out_.currencies[code] = *rate.number();
      } else {
        wrong(top.at("currencies"), code, "a currency with a rate above 0");
      }
    }
    controls(top);
    ids_ = top.texts("starters");
    top.refuse_others();
  }

  static FirmSize size(JsonObject& from) {
    return {.people = from.needed_number("people", 1, kMostPeople).value_or(1),
            .revenue = from.needed_number("revenue", kLeastRevenue, kMostRevenue).value_or(1e6)};
  }

  void sectors(JsonObject& top) {
    const Json::Array& all = top.list("sectors");
    for (std::size_t i = 0; i < all.size(); ++i) {
      JsonObject one(all[i], item(top.at("sectors"), i), faults_);
      Sector sector;
      sector.id = one.id();
      sector.name = one.needed_text("name");
      sector.outage = one.needed_number("outage", 0.1, 10).value_or(1);
      sector.data = one.needed_number("data", 0.1, 10).value_or(1);
      sector.rules = one.needed_number("rules", 0.1, 10).value_or(1);
      one.refuse_others();
      out_.sectors.push_back(std::move(sector));
    }
  }

  void controls(JsonObject& top) {
    const Json::Array& all = top.list("controls");
    for (std::size_t i = 0; i < all.size(); ++i) {
      JsonObject one(all[i], item(top.at("controls"), i), faults_);
      StarterControl control;
      control.id = one.id();
      control.name = one.needed_text("name");
      if (const Json* held = one.find("cost_a_year")) {
        JsonObject cost(*held, one.at("cost_a_year"), faults_);
        control.cost_a_year.what = "cost a year";
        control.cost_a_year.unit = "EUR";
        ends(cost, control.cost_a_year);
        powers(cost, control.cost_a_year);
        cost.refuse_others();
      } else {
        one.need("cost_a_year", "a range");
      }
      one.refuse_others();
      out_.controls.push_back(std::move(control));
    }
  }

  void ends(JsonObject& from, RangePart& part) {
    part.low = from.needed_number("low", 0, kMost).value_or(1);
    part.high = from.needed_number("high", 0, kMost).value_or(2);
    if (!(part.low > 0 && part.low < part.high))
      from.fault("high", fmt::format("{:g} to {:g}", part.low, part.high),
                 "low above 0, below high");
  }

  static void powers(JsonObject& from, RangePart& part) {
    part.people_power = from.number("grows_with_people", 0, kMostPower).value_or(0);
    part.revenue_power = from.number("grows_with_revenue", 0, kMostPower).value_or(0);
  }

  RangePart part(const Json& json, const std::string& pointer) {
    JsonObject from(json, pointer, faults_);
    RangePart out;
    out.what = from.needed_text("what");
    out.unit = from.needed_text("unit");
    ends(from, out);
    powers(from, out);
    from.need("evidence", "measured, published or judgement");
    out.evidence =
        static_cast<Evidence>(from.choice("evidence", {"measured", "published", "judgement"}, 2));
    out.sources = from.texts("sources");
    out.measured = from.texts("measured");
    out.why = from.text("why");
    out.trait =
        static_cast<SectorTrait>(from.choice("sector", {"none", "outage", "data", "rules"}, 0));
    if (const Json* held = from.find("at")) {
      JsonObject at(*held, from.at("at"), faults_);
      out.at = size(at);
      at.refuse_others();
    }
    from.refuse_others();
    check_evidence(out, pointer);
    return out;
  }

  void check_evidence(const RangePart& part, const std::string& pointer) {
    const bool is_judgement = part.evidence == Evidence::judgement;
    if (is_judgement != part.sources.empty())
      wrong(pointer + "/sources", fmt::format("{} sources", part.sources.size()),
            is_judgement ? "none for a judgement" : "where the numbers stand");
    if (!is_judgement && part.why.empty())
      wrong(pointer + "/why", "nothing", "what the source says");
    for (const std::string& id : part.sources) {
      if (!out_.find_source(id)) wrong(pointer + "/sources", id, "an id of sources.json");
    }
    const bool is_measured = part.evidence == Evidence::measured;
    if (is_measured != (part.measured.size() == 2)) {
      wrong(pointer + "/measured", fmt::format("{} names", part.measured.size()),
            "two names of measured.json for what is measured, none else");
    } else if (is_measured) {
      check_measured(part.measured[0], part.low, pointer + "/low");
      check_measured(part.measured[1], part.high, pointer + "/high");
    }
  }

  // "hhs.people.p05" is the number p05 of hhs.people; the library says two digits of it.
  void check_measured(const std::string& name, double said, const std::string& pointer) {
    const std::size_t dot = name.rfind('.');
    const Json* held = nullptr;
    for (const auto& [key, numbers] : *measured_) {
      if (dot != std::string::npos && key == name.substr(0, dot))
        held = numbers.find(name.substr(dot + 1));
    }
    const auto number = held ? held->number() : std::nullopt;
    if (!number) {
      wrong(pointer, name, "a number of measured.json");
    } else if (!(std::abs(*number - said) <= 0.051 * *number)) {
      wrong(pointer, fmt::format("{:g}", said), fmt::format("{:.2g}, as {} is", *number, name));
    }
  }

  std::vector<RangePart> parts(const Json::Array& from, const std::string& pointer) {
    std::vector<RangePart> out;
    for (std::size_t i = 0; i < from.size(); ++i) out.push_back(part(from[i], item(pointer, i)));
    if (out.empty()) wrong(pointer, "nothing", "at least one factor of the range");
    return out;
  }

  ShareRange share(JsonObject& from) {
    ShareRange out{.low = from.needed_number("low", 0, 1).value_or(0),
                   .likely = from.needed_number("likely", 0, 1).value_or(0),
                   .high = from.needed_number("high", 0, 1).value_or(1)};
    if (!(out.low <= out.likely && out.likely <= out.high && out.low < out.high))
      from.fault("likely", fmt::format("{:g}, {:g}, {:g}", out.low, out.likely, out.high),
                 "low <= likely <= high");
    return out;
  }

  Starter starter(const Json& json, const std::string& id) {
    JsonObject from(json, "/" + id, faults_);
    Starter out;
    out.id = from.id();
    if (out.id != id) from.fault("id", out.id, "the name of the file");
    out.name = from.needed_text("name");
    out.kind = from.needed_text("kind");
    constexpr std::array<std::string_view, 5> kKinds = {"cyber", "outage", "people", "change",
                                                        "rules"};
    if (std::ranges::find(kKinds, out.kind) == kKinds.end())
      from.fault("kind", out.kind, fmt::format("one of {}", fmt::join(kKinds, ", ")));
    out.sentence = from.needed_text("sentence");
    out.threat = from.needed_text("threat");
    out.effect = from.needed_text("effect");
    out.frequency = parts(from.list("frequency"), from.at("frequency"));
    losses(from, out);
    secondary(from, out);
    reductions(from, out);
    from.refuse_others();
    return out;
  }

  void losses(JsonObject& from, Starter& out) {
    from.need("losses", "forms of loss");
    for (const auto& [field, held] : from.object("losses")) {
      const std::string pointer = from.at("losses") + "/" + field;
      if (std::ranges::find(kLossFields, field) == kLossFields.end())
        wrong(pointer, field, fmt::format("one of {}", fmt::join(kLossFields, ", ")));
      const auto* list = held.if_array();
      out.losses.push_back({field, parts(list ? *list : Json::Array{}, pointer)});
    }
    const bool in_total =
        std::ranges::find(out.losses, "primary_loss", &StarterLoss::field) != out.losses.end();
    if (in_total && out.losses.size() > 1)
      wrong(from.at("losses"), "a total and forms", "the loss in total, or its forms");
  }

  void secondary(JsonObject& from, Starter& out) {
    const Json* held = from.find("secondary");
    if (!held) return;
    JsonObject one(*held, from.at("secondary"), faults_);
    StarterSecondary made;
    made.what = one.needed_text("what");
    if (const Json* probability = one.find("probability")) {
      JsonObject range(*probability, one.at("probability"), faults_);
      made.probability = share(range);
      range.refuse_others();
    } else {
      one.need("probability", "low, likely and high");
    }
    made.parts = parts(one.list("loss"), one.at("loss"));
    one.refuse_others();
    out.secondary = std::move(made);
  }

  void reductions(JsonObject& from, Starter& out) {
    const Json::Array& all = from.list("controls");
    for (std::size_t i = 0; i < all.size(); ++i) {
      JsonObject one(all[i], item(from.at("controls"), i), faults_);
      StarterReduction made;
      made.control = one.needed_text("control");
      if (!out_.find_control(made.control))
        one.fault("control", made.control, "a control of library.json");
      made.on_frequency = one.choice("factor", {"frequency", "magnitude"}, 0) == 0;
      made.by = share(one);
      one.refuse_others();
      out.controls.push_back(std::move(made));
    }
    if (out.controls.empty() || out.controls.size() > 3)
      wrong(from.at("controls"), fmt::format("{} controls", out.controls.size()), "1 to 3");
  }

  std::span<const CarriedFile> files_;
  Json::Object none_;
  const Json::Object* measured_ = &none_;
  std::vector<std::string> ids_;
  StarterLibrary out_;
  std::vector<Error> faults_;
};

}  // namespace

Result<std::string_view> carried_text(std::string_view name) {
  for (const CarriedFile& file : carried_files()) {
    if (file.name == name) return file.text;
  }
  return fail(Kind::internal, "risk.no_such_file",
              fmt::format("the program carries no file {}", name), "report it");
}

Result<StarterLibrary> read_starter_library(std::span<const CarriedFile> files) {
  return Reading(files).read();
}

const StarterLibrary& starter_library() {
  static const StarterLibrary kLibrary = [] {
    auto read = read_starter_library(carried_files());
    TB_CHECK(read.has_value(), "the library is whole: starter_library_test.cc");
    return *std::move(read);
  }();
  return kLibrary;
}

}  // namespace tiebeam::risk
