#include "ingest/ai_uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "ingest/reading.h"
#include "rooms/risk/ai_records.h"

namespace tiebeam::ingest {
namespace {

const EventType& ai_use_type() {
  static const EventType type = describe_event<risk::AiUse>("risk");
  return type;
}

// What inventories write for nothing.
bool is_nothing(std::string_view text) {
  constexpr std::array<std::string_view, 9> kNothing = {
      "", "-", "n/a", "na", "none", "null", "tbd", "unknown", "not applicable"};
  const std::string lower = to_lower_ascii(text);
  return std::ranges::find(kNothing, lower) != kNothing.end();
}

// Digits and what parts them: a date that somebody meant, not words in its place.
bool is_meant_as_date(std::string_view text) {
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 6 && text.find_first_not_of("0123456789-/. :") == std::string_view::npos;
}

// Runs of blanks and line breaks as one blank.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

class Rows {
 public:
  Rows(Reading& reading, CsvReader& table, std::vector<std::size_t> bound)
      : reading_(reading), table_(table), bound_(std::move(bound)) {}

  Result<void> read_all() {
    std::vector<std::string> dates;
    for (const AiColumn column : {asked, first_used, retired})
      if (!spelled(column).empty()) dates.emplace_back(spelled(column));
    reading_.created = StampColumn(std::move(dates));
    for (;;) {
      TB_TRY(const bool found, table_.next());
      if (!found) break;
      read_row();
    }
    tell_words();
    return {};
  }

 private:
  using enum AiColumn;

  [[nodiscard]] std::string_view spelled(AiColumn column) const {
    return table_.name_of(bound_[static_cast<std::size_t>(column)]);
  }
  [[nodiscard]] std::string_view text(AiColumn column) const {
    const std::string_view found = trim(table_.field(bound_[static_cast<std::size_t>(column)]));
    return is_nothing(found) ? std::string_view{} : found;
  }
  [[nodiscard]] bool is_yes(AiColumn column) const {
    const std::string lower = to_lower_ascii(text(column));
    return lower.starts_with("yes") || lower == "true";
  }

  // A day; words in its place are not given, and told in sum.
  Packed day(AiColumn column) {
    const std::string_view found = text(column);
    if (found.empty()) return kMissing;
    const auto read = reading_.created.read(found, table_.line(), spelled(column));
    if (const auto* packed = std::get_if<Packed>(&read)) return *packed;
    const auto fault = std::get<StampFault>(read);
    if (is_meant_as_date(found) && fault == StampFault::not_a_date) {
      reading_.reject(table_.line(), spelled(column), found, expected_text(fault));
      return kMissing;
    }
    auto& told = words_[column];
    if (told.count++ == 0) told.example = shown(found, 40);
    return kMissing;
  }

  void read_row() {
    reading_.begin_row();
    if (const auto width = table_.width_fault()) {
      reading_.reject(table_.line(), "", *width,
                      fmt::format("{} fields, as in the header", table_.header().size()));
      return;
    }
    const std::string called = one_line(text(name));
    if (called.empty()) reading_.reject(table_.line(), spelled(name), "", "what the use is called");
    const std::array days = {day(asked), day(first_used), day(retired)};
    if (reading_.row_is_rejected) return;
    const std::uint64_t identity = table_.identity();
    if (reading_.collector.is_new(identity)) add(key_of(called), called, days, identity);
  }

  // Two uses of one name in one department are told apart by their order.
  std::string key_of(std::string_view called) {
    std::string key(text(id));
    if (key.empty()) {
      const std::string_view whose = text(code).empty() ? text(department) : text(code);
      key = one_line(fmt::format("{} {}", whose, called));
    }
    const int times = ++seen_[key];
    return times == 1 ? key : fmt::format("{} {}", key, times);
  }

  void put(std::string_view column, std::string_view value) {
    Column& held = reading_.ai_uses->table.column(column);
    held.narrow.push_back(held.names.intern(value));
  }

  void add(std::string_view key, std::string_view called, const std::array<Packed, 3>& days,
           std::uint64_t identity) {
    EventTable& out = reading_.ai_uses->table;
    const std::string_view stage_name = stage_of(text(stage));
    put("tool", key);
    put("name", called);
    put("purpose", one_line(text(purpose)));
    put("department", one_line(text(department)));
    put("unit", text(unit) == text(department) ? std::string() : one_line(text(unit)));
    put("stage", stage_name);
    put("risk_tier", risk_tier_of(text(impact)));
    put("data_class", is_yes(personal_data) ? "personal" : "");
    put("evaluation", evaluation_of(text(tested), text(evaluated)));
    put("human_oversight", told_oversight());
    put("decision", stage_name == "retired" ? "retired" : is_yes(authorised) ? "approved" : "");
    for (std::size_t i = 0; i < days.size(); ++i)
      out.column(std::array{"asked_on", "first_used_on", "retired_on"}[i]).wide.push_back(days[i]);
    out.line.push_back(table_.line());
    out.identity.push_back(identity);
  }

  // In the source's words: that people decide, or who looks at what it says.
  [[nodiscard]] std::string told_oversight() const {
    if (const std::string words = one_line(text(oversight)); !words.empty()) return words;
    const std::string words = one_line(text(autonomous));
    return to_lower_ascii(words).starts_with("no") ? words : std::string();
  }

  void tell_words() {
    for (const auto& [column, told] : words_)
      reading_.warn(fmt::format("in '{}' {} no day that can be kept, such as '{}': not given",
                                spelled(column), counted(told.count, "cell holds", "cells hold"),
                                told.example));
  }

  struct Told {
    std::int64_t count = 0;
    std::string example;
  };
  Reading& reading_;
  CsvReader& table_;
  std::vector<std::size_t> bound_;
  std::map<std::string, int, std::less<>> seen_;
  std::map<AiColumn, Told> words_;
};

}  // namespace

std::span<const ColumnSpec> ai_columns() {
  static const std::array<ColumnSpec, 17> columns = {
      {{"id", false, {"use_case_id", "ai_use_case_id", "unique_id"}},
       {"name",
        true,
        {"2_use_case_name", "use_case_name", "ai_use_case_name", "use_case_title", "title",
         "use_case"}},
       {"purpose",
        true,
        {"11_purpose_benefits", "purpose_benefits", "summary",
         "what_is_the_intended_purpose_and_expected_benefits_of_the_ai?",
         "intended_purpose_and_expected_benefits", "what_problem_is_the_ai_intended_to_solve?",
         "problem_statement", "description"}},
       {"department", false, {"3_agency", "agency_name", "agency", "organisation", "organization"}},
       {"department_code", false, {"3_abr", "abr", "agency_code", "agency_abbreviation"}},
       {"unit", false, {"4_bureau", "bureau", "bureau/component", "component", "agency", "office"}},
       {"stage",
        true,
        {"16_dev_stage", "dev_stage", "development_stage", "stage_of_development",
         "current_stage_of_development", "lifecycle_stage"}},
       {"impact",
        false,
        {"17_impact_type", "impact_type", "is_the_ai_use_case_high-impact?",
         "is_the_ai_use_case_rights-impacting,_safety-impacting,_both,_or_neither?", "high_impact",
         "risk_tier"}},
       {"asked_on",
        false,
        {"18_date_initiated", "date_initiated", "when_was_the_ai_use_case_initiated?"}},
       {"first_used_on",
        false,
        {"20_date_implemented", "date_implemented", "operational_date", "first_used_on"}},
       {"retired_on", false, {"21_date_retired", "date_retired"}},
       {"personal_data",
        false,
        {"29_contains_pii", "contains_pii", "involves_pii",
         "does_this_ai_use_case_involve_personally_identifiable_information_(pii)?"}},
       {"authorised",
        false,
        {"40_has_ato", "has_ato", "authorization_to_operate",
         "is_there_an_associated_authority_to_operate_(ato)?"}},
       {"tested", false, {"53_real_world_testing", "real_world_testing", "pre_deployment_testing"}},
       {"evaluated",
        false,
        {"55_independent_eval", "independent_eval", "independent_evaluation",
         "independent_review"}},
       {"autonomous", false, {"57_autonomous_impact", "autonomous_impact"}},
       {"human_oversight", false, {"oversight"}}}};
  return columns;
}

bool is_ai_inventory(const std::vector<std::string>& header) {
  // Never "id" and "title" alone: lists of tickets have them, with a description and a stage.
  const ColumnSpec names_uses{
      "use_case_name",
      false,
      {"2_use_case_name", "ai_use_case_name", "use_case_title", "use_case_id", "ai_use_case_id"}};
  const HeaderKeys keys(header);
  return keys.has(names_uses) && keys.count_missing(ai_columns()) == 0;
}

AiUses::AiUses() : table(ai_use_type()) {}

void AiUses::resolve(DateOrder order) {
  constexpr std::int64_t kDay = 86'400'000'000;
  for (Column& column : table.columns) {
    if (column.kind != ColumnKind::instant) continue;
    column.wide.transform([&](std::int64_t value) {
      if (value == kMissing) return value;
      const std::int64_t micros = StampColumn::micros(value, order);
      return micros - ((micros % kDay) + kDay) % kDay;
    });
  }
  table.spans.push_back({.import_id = {}, .first = 0, .rows = table.rows()});
}

Result<void> read_ai_uses(Reading& reading, CsvReader& table) {
  TB_TRY(auto bound, reading.bind(ai_columns()));
  reading.ai_uses.emplace();
  const auto binds = [&](AiColumn column) {
    return bound[static_cast<std::size_t>(column)] != kNoColumn;
  };
  if (!binds(AiColumn::first_used))
    reading.warn(
        "there is no column of the day a use began: how long approval took after it "
        "cannot be said");
  reading.state(
      "the inventory has no day of approval: fill approved_on where you know it, nothing is "
      "guessed");
  return Rows(reading, table, std::move(bound)).read_all();
}

}  // namespace tiebeam::ingest
