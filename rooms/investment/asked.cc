#include "rooms/investment/asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "model/figure_json.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/engine/canonical.h"
#include "rooms/investment/engine/faults.h"

namespace tiebeam::investment {
namespace {

Result<std::uint64_t> number(const std::string& name, const std::string& text, std::int64_t least,
                             std::int64_t most, std::uint64_t otherwise) {
  if (text.empty()) return otherwise;
  const auto value = parse_integer(text);
  if (value && *value >= least && *value <= most) return static_cast<std::uint64_t>(*value);
  Error error{.kind = Kind::invalid,
              .code = "investment.bad_number",
              .message = fmt::format("{}: found '{}', expected a whole number from {} to {}", name,
                                     shown(text), least, most),
              .detail = {},
              .hint = "leave it away for the usual one",
              .field = "/" + name};
  return std::unexpected(std::move(error));
}

class Form {
 public:
  std::optional<Estimate> estimate(const char* field, const std::string& text) {
    if (trim(text).empty()) return std::nullopt;
    auto read = parse_estimate(trim(text));
    if (read) return *read;
    fault(field, read.error());
    return std::nullopt;
  }
  std::optional<Day> day(const char* field, const std::string& text) {
    if (trim(text).empty()) return std::nullopt;
    auto read = parse_day(trim(text));
    if (read) return *read;
    fault(field, read.error());
    return std::nullopt;
  }
  std::optional<Fraction> share(const char* field, const std::string& text) {
    if (trim(text).empty()) return std::nullopt;
    std::string_view said = trim(text);
    const bool percent = said.ends_with('%');
    if (percent) said = trim(said.substr(0, said.size() - 1));
    const auto value = parse_number(said);
    auto read = value ? Fraction::create(percent ? *value / 100 : *value)
                      : Result<Fraction>(std::unexpected(Error{
                            .kind = Kind::invalid,
                            .code = "fraction.out_of_range",
                            .message = fmt::format("found '{}', expected a share", shown(said)),
                            .detail = {},
                            .hint = "write it as in 0.8 or 80 %",
                            .field = {}}));
    if (read) return *read;
    fault(field, read.error());
    return std::nullopt;
  }
  void fault(const char* field, const Error& error) {
    errors_.push(Json::object(
        {{"field", field}, {"code", error.code}, {"found", error.message}, {"hint", error.hint}}));
    has_errors_ = true;
  }
  [[nodiscard]] bool has_errors() const { return has_errors_; }
  [[nodiscard]] Json errors() const { return errors_; }

 private:
  Json errors_ = Json::Array{};
  bool has_errors_ = false;
};

Initiative initiative_of(const FormCase& form, Form& reading) {
  Initiative out;
  out.id = "not-saved";
  out.name = "This case";
  out.benefit_a_year = reading.estimate("benefit", form.benefit);
  out.one_off_cost = reading.estimate("cost", form.cost);
  out.run_cost_a_year = reading.estimate("run_cost", form.run_cost);
  out.starts = reading.day("starts", form.starts);
  out.duration = reading.estimate("duration", form.duration);
  out.adoption = reading.estimate("adoption", form.adoption);
  out.p_success = reading.share("p_success", form.p_success);
  return out;
}

// Faults of meaning (a share that can leave 0 to 1), beside the field they are of.
void check(const Initiative& initiative, Form& reading) {
  for (const Error& error : faults_of(initiative)) {
    const std::string_view field = std::string_view(error.field).substr(1);
    const char* name = field == "one_off_cost"      ? "cost"
                       : field == "run_cost_a_year" ? "run_cost"
                       : field == "duration"        ? "duration"
                       : field == "adoption"        ? "adoption"
                                                    : "benefit";
    reading.fault(name, error);
  }
}

}  // namespace

Result<Draws> draws_of(const std::string& trials, const std::string& seed) {
  Draws out;
  constexpr std::int64_t kMost = 1'000'000;
  TB_TRY(out.trials, number("trials", trials, 1, kMost, out.trials));
  TB_TRY(out.seed, number("seed", seed, 0, std::numeric_limits<std::int64_t>::max(), out.seed));
  return out;
}

namespace {
std::string draws_text(const Draws& draws) {
  std::string out;
  if (draws.trials != Draws{}.trials) out += fmt::format(" --trials {}", draws.trials);
  if (draws.seed != Draws{}.seed) out += fmt::format(" --seed {}", draws.seed);
  return out;
}
}  // namespace

std::string cases_line(const Draws& draws) {
  return "tiebeam investment cases --json" + draws_text(draws);
}

std::string case_line(const std::string& id, std::string scales, const Draws& draws) {
  std::ranges::replace(scales, '\n', ',');
  return fmt::format("tiebeam investment case {} --json{}{}", id,
                     scales.empty() ? "" : " --scale " + scales, draws_text(draws));
}

std::string preview_line(const FormCase& form, const Draws& draws) {
  std::string out = "tiebeam investment preview --json";
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += fmt::format(" --{} '{}'", name, value);
  };
  add("benefit", form.benefit);
  add("cost", form.cost);
  add("run-cost", form.run_cost);
  add("starts", form.starts);
  add("duration", form.duration);
  add("adoption", form.adoption);
  add("p-success", form.p_success);
  return out + draws_text(draws);
}

Result<const RecordCase*> find_case(const Portfolio& portfolio, const std::string& id) {
  if (const RecordCase* one = portfolio.find(id)) return one;
  std::vector<std::string_view> known;
  for (const RecordCase& each : portfolio.of.each) known.push_back(each.id);
  return fail(Kind::not_found, "record.no_such",
              fmt::format("there is no initiative '{}'{}", shown(id), did_you_mean(id, known)),
              "list them with: tiebeam investment cases");
}

Json preview_json(const FigureBook& book, const FormCase& form, Draws draws, const KeepPtr& keep,
                  const std::string& recompute) {
  Form reading;
  const Initiative initiative = initiative_of(form, reading);
  check(initiative, reading);
  if (reading.has_errors()) return Json::object({{"errors", reading.errors()}});
  CaseRecords records = case_records(book);
  records.initiatives = {initiative};
  records.effects.clear();
  records.loadings.clear();
  const Portfolio portfolio = value_records(std::move(records), *keep, draws);
  const RecordCase& one = portfolio.of.each.front();
  const auto detail = one.at ? detail_of(portfolio, one, {}, keep) : nullptr;
  Json out = unsaved_json(portfolio, one, detail.get(), recompute);
  out.set("errors", reading.errors());
  return out;
}

Result<Json> whatif_json(const Portfolio& portfolio, const RecordCase& one,
                         const std::string& scales, const std::string& recompute) {
  TB_TRY(const std::vector<Scale> wanted, parse_scales(scales));
  if (!one.at) {
    return invalid("investment.not_valued",
                   fmt::format("{} cannot be valued yet: {}", one.id,
                               one.missing.empty() ? "" : one.missing.front()),
                   "give it a cost or an effect first");
  }
  const Cases& cases = portfolio.of.cases;
  const Cases alone = only_of(cases, cases.initiatives[*one.at]);
  TB_TRY(const ScaledCase scaled,
         value_scaled(alone, wanted,
                      settings_of(alone, portfolio.draws.seed, portfolio.draws.trials)));
  return scaled_json(portfolio, one, scaled, recompute);
}

}  // namespace tiebeam::investment
