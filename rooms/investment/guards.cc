#include "rooms/investment/guards.h"

#include <fmt/format.h>

#include "base/time.h"
#include "model/figure_text.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/engine/faults.h"

namespace tiebeam::investment {
namespace {

using Faults = std::vector<Error>;

// One fault for each thing that differs from what the person had before them, where they said so.
class Moved {
 public:
  Moved(const SignOff& wanted, const Seen& now) : seen_(seen_of(wanted)), now_(now) {}
  Faults faults() {
    out_.push_back(fault("/case_hash",
                         "the case has changed since it was shown: nothing was signed",
                         {"a case of before", "the case as it is now"}));
    add("/cost_p50", "the likely one-off cost", seen_.cost_p50, now_.cost_p50);
    add("/cost_p90", "the one-off cost that 9 of 10 cases stay below", seen_.cost_p90,
        now_.cost_p90);
    add("/run_cost_p50", "the running cost a year", seen_.run_cost_p50, now_.run_cost_p50);
    add("/npv_p50", "the middle case", seen_.npv_p50, now_.npv_p50);
    if (seen_.chance_of_loss && seen_.chance_of_loss != now_.chance_of_loss) {
      out_.push_back(fault("/chance_of_loss",
                           fmt::format("the chance of a loss was {}, is {}",
                                       in_words(*seen_.chance_of_loss, "share"),
                                       in_words(now_.chance_of_loss.value_or(0), "share")),
                           {in_words(*seen_.chance_of_loss, "share"),
                            in_words(now_.chance_of_loss.value_or(0), "share")}));
    }
    if (out_.size() == 1) {
      out_.front().detail =
          fmt::format("it is now worth {} in the middle case, and costs {} once",
                      money_in_words(now_.npv_p50), money_in_words(now_.cost_p50));
    }
    return std::move(out_);
  }

 private:
  struct Read {
    std::string found, expected;
  };
  [[nodiscard]] static Error fault(const char* field, std::string message, Read read) {
    return {.kind = Kind::conflict,
            .code = "investment.case_moved",
            .message = std::move(message),
            .detail = {},
            .hint = "read the case as it is now, then sign it",
            .field = field,
            .found = std::move(read.found),
            .expected = std::move(read.expected)};
  }
  void add(const char* field, const char* what, const std::optional<Money>& then,
           const std::optional<Money>& is) {
    if (then && then != is)
      out_.push_back(fault(
          field, fmt::format("{} was {}, is {}", what, money_in_words(then), money_in_words(is)),
          {money_in_words(then), money_in_words(is)}));
  }

  Seen seen_, now_;
  Faults out_;
};

}  // namespace

Faults check_initiative(const Record& record) {
  const auto initiative = to_struct<Initiative>(record);
  Faults out = faults_of(initiative);
  if (is_group(initiative.id)) {
    out.push_back(
        {.kind = Kind::invalid,
         .code = "investment.reserved_id",
         .message = fmt::format("'{}' is the name of several cases together", initiative.id),
         .detail = {},
         .hint = "give it another id",
         .field = "/id",
         .found = fmt::format("'{}'", initiative.id),
         .expected = "an id that is no name of several cases"});
  }
  return out;
}

Faults check_effect(const FigureBook& book, const Record& record) {
  const auto effect = to_struct<InitiativeEffect>(record);
  Faults out = faults_of(effect);
  for (const InitiativeEffect& other : book.snapshot().all<InitiativeEffect>()) {
    if (other.id == effect.id || other.initiative != effect.initiative || other.kpi != effect.kpi)
      continue;
    out.push_back(
        {.kind = Kind::invalid,
         .code = "investment.doubled_effect",
         .message = fmt::format("'{}' is an effect of this initiative on the same KPI", other.id),
         .detail = {},
         .hint = "say the whole change of a KPI in one effect",
         .field = "/kpi",
         .found = fmt::format("'{}' again", effect.kpi.str()),
         .expected = "a KPI that no other effect of this initiative changes"});
  }
  return out;
}

Faults complete_sign_off(const FigureBook& book, Record& record, Instant at, const KeepPtr& keep) {
  auto wanted = to_struct<SignOff>(record);
  const auto portfolio = portfolio_of(book, keep);
  const RecordCase* one = portfolio->find(wanted.initiative.str());
  if (one == nullptr) return {};  // told by its description
  if (!one->at) {
    return {{.kind = Kind::conflict,
             .code = "investment.not_valued",
             .message = fmt::format("\"{}\" cannot be valued yet: {}", one->name,
                                    fmt::join(one->missing, "; ")),
             .detail = {},
             .hint = "give it a cost or an effect first, then sign it",
             .field = "/initiative",
             .found = fmt::format("{}", fmt::join(one->missing, "; ")),
             .expected = "a case that can be valued"}};
  }
  if (wanted.case_hash.empty()) {
    return {{.kind = Kind::invalid,
             .code = "investment.case_not_seen",
             .message = "nothing says which state of the case was seen",
             .detail = {},
             .hint = fmt::format("see it with `tiebeam investment case {}` and sign it with "
                                 "`tiebeam investment sign {} --by PERSON`",
                                 one->id, one->id),
             .field = "/case_hash",
             .found = "nothing",
             .expected = "the hash of the case that was shown"}};
  }
  const Seen now = seen_of(portfolio->of.cases, *portfolio->value_of(*one));
  const CostFigures& cost = portfolio->value_of(*one)->cost;
  if (!now.npv_p50 || (cost.has_one_off && !now.cost_p90) || (cost.has_run && !now.run_cost_p50)) {
    return {{.kind = Kind::conflict,
             .code = "investment.not_valued",
             .message = fmt::format("what \"{}\" costs or is worth is more than money can be "
                                    "written",
                                    one->name),
             .detail = {},
             .hint = "look through its estimates, then sign it",
             .field = "/initiative",
             .found = "more than money can be written",
             .expected = "a case that can be valued"}};
  }
  if (wanted.case_hash != hash_of(*portfolio, *one)) return Moved(wanted, now).faults();
  wanted.at = at;
  wanted.withdrawn = false;
  wanted.cost_p50 = now.cost_p50;
  wanted.cost_p90 = now.cost_p90;
  wanted.run_cost_p50 = now.run_cost_p50;
  wanted.npv_p50 = now.npv_p50;
  if (const auto share = Fraction::create(now.chance_of_loss.value_or(0)))
    wanted.chance_of_loss = *share;
  record = to_record(wanted);
  return {};
}

namespace {

// Beside what the store keeps of it.
bool says_the_same(const Record& held, const Record& record) {
  auto was = to_struct<SignOff>(held);
  const auto is = to_struct<SignOff>(record);
  was.version = is.version;
  was.created_at = is.created_at;
  was.updated_at = is.updated_at;
  return to_record(was) == to_record(is);
}

// What is being written down now is known now, whatever the newest event says.
void check_day(const FigureBook& book, const std::optional<Day>& on, Instant at, Faults& faults) {
  const Snapshot& snapshot = book.snapshot();
  const Day today =
      day_of(std::max(at, seen_from(book)), snapshot.zone(snapshot.organisation.zone));
  if (!on || *on <= today) return;
  faults.push_back({.kind = Kind::invalid,
                    .code = "investment.day_to_come",
                    .message = fmt::format("found {}, which is still to come; expected a day until "
                                           "{}",
                                           format_day(*on), format_day(today)),
                    .detail = {},
                    .hint = "give the day on which it was read",
                    .field = "/on",
                    .found = format_day(*on),
                    .expected = fmt::format("a day until {}", format_day(today))});
}

}  // namespace

Faults check_benefit_reading(const FigureBook& book, const Record& record, Instant at) {
  Faults out;
  check_day(book, to_struct<BenefitReading>(record).on, at, out);
  return out;
}

Faults check_adoption_reading(const FigureBook& book, const Record& record, Instant at) {
  const auto reading = to_struct<AdoptionReading>(record);
  Faults out;
  check_day(book, reading.on, at, out);
  const Record* held = book.snapshot().find("adoption_group", reading.group.str());
  if (held == nullptr) return out;
  const auto group = to_struct<AdoptionGroup>(*held);
  if (!group.eligible || reading.active.value_or(0) <= *group.eligible) return out;
  out.push_back({.kind = Kind::invalid,
                 .code = "investment.more_than_eligible",
                 .message = fmt::format("found {}, expected at most {}: so many are in \"{}\"",
                                        *reading.active, *group.eligible, group.name),
                 .detail = {},
                 .hint = "count again, or say that the group has grown",
                 .field = "/active",
                 .found = fmt::format("{}", *reading.active),
                 .expected = fmt::format("at most {}", *group.eligible)});
  return out;
}

Faults check_signature(const Record& held, const Record* record, bool from_file) {
  const auto was = to_struct<SignOff>(held);
  SignOff asked = record ? to_struct<SignOff>(*record) : was;
  const bool is_taken_back = record != nullptr && asked.withdrawn;
  asked.withdrawn = was.withdrawn;
  asked.notes = was.notes;
  asked.tags = was.tags;
  asked.version = was.version;
  asked.created_at = was.created_at;
  asked.updated_at = was.updated_at;
  const bool is_same = to_record(asked) == to_record(was);
  if (is_same && is_taken_back && was.withdrawn && !from_file && says_the_same(held, *record)) {
    return {{.kind = Kind::conflict,
             .code = "investment.already_withdrawn",
             .message = "this signature was taken back before",
             .detail = {},
             .hint = "load the case again: another signature may stand",
             .field = "/withdrawn",
             .found = "withdrawn before",
             .expected = "a signature that stands"}};
  }
  if (record != nullptr && is_same && (is_taken_back || !was.withdrawn)) return {};
  return {{.kind = Kind::conflict,
           .code = "investment.signature_is_fixed",
           .message = record ? "a signature stays as it was given"
                             : "a signature is taken back, not removed",
           .detail = {},
           .hint = was.withdrawn ? "sign the case anew"
                                 : "take it back with withdrawn=yes, and sign the case anew",
           .field = "/withdrawn",
           .found = record ? "another signature" : "a removal",
           .expected = "the signature as it was given, or withdrawn=yes"}};
}

}  // namespace tiebeam::investment
