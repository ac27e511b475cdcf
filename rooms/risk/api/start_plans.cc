#include "rooms/risk/api/start_plans.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "application/table.h"
#include "base/text.h"
#include "model/kernel_records.h"
#include "rooms/risk/records.h"
#include "rooms/risk/starter_library.h"

namespace tiebeam::risk {
namespace {

// An option of a command ("--people") or a parameter of a question ("people").
std::string said(const Asking& asking, std::string_view name) {
  const std::string dashed = fmt::format("--{}", name);
  return std::string(trim(asking.has(dashed) ? asking.option(dashed) : asking.option(name)));
}

// "250", "250,000", "12.5m", "3bn": a number of people or money.
std::optional<double> amount_of(std::string text) {
  std::erase(text, ',');
  double factor = 1;
  for (const auto& [ending, times] :
       {std::pair{"bn", 1e9}, std::pair{"m", 1e6}, std::pair{"k", 1e3}}) {
    if (factor != 1 || !text.ends_with(ending)) continue;
    factor = times;
    text.resize(text.size() - std::string_view(ending).size());
  }
  const auto number = parse_number(trim(text));
  if (!number) return std::nullopt;
  return *number * factor;
}

Result<bool> take_number(const Asking& asking, std::string_view name, double& into) {
  const std::string text = said(asking, name);
  if (text.empty()) return false;
  const auto number = amount_of(text);
  if (!number) {
    return std::unexpected(
        Error{.kind = Kind::invalid,
              .code = "risk.bad_profile",
              .message = fmt::format("{}: found '{}', a number is expected", name, shown(text)),
              .detail = {},
              .hint = "write it as 250 or 12.5m",
              .field = fmt::format("/{}", name)});
  }
  into = *number;
  return true;
}

std::vector<std::string> words_of(std::string text) {
  std::ranges::replace(text, ',', '\n');
  std::ranges::replace(text, ' ', '\n');
  std::vector<std::string> out;
  for (const std::string_view each : split_at(text, '\n')) {
    if (!trim(each).empty()) out.emplace_back(trim(each));
  }
  return out;
}

Result<std::vector<std::string>> chosen_of(const Asking& asking, const StarterLibrary& library) {
  std::string text = asking.option("ID");
  if (text.empty()) text = said(asking, "chosen");
  const bool all = asking.has("--all");
  const std::vector<std::string> wanted = words_of(text);
  for (const std::string& id : wanted) {
    if (library.find(id)) continue;
    std::vector<std::string_view> ids;
    for (const Starter& each : library.starters) ids.push_back(each.id);
    return fail(Kind::not_found, "risk.no_such_starter",
                fmt::format("there is no starting point '{}'{}", shown(id), did_you_mean(id, ids)),
                "list them with: tiebeam risk starters");
  }
  std::vector<std::string> out;
  for (const Starter& each : library.starters) {
    if (all || std::ranges::find(wanted, each.id) != wanted.end()) out.push_back(each.id);
  }
  return out;
}

std::unexpected<Error> bad_point(std::string_view text, std::string_view expected) {
  return std::unexpected(Error{
      .kind = Kind::invalid,
      .code = "risk.bad_point",
      .message = fmt::format("'{}': {} is expected", shown(text), expected),
      .detail = {},
      .hint = "write LOSS@YEARS, such as 500k@10: a loss above 500,000 at most once in ten years",
      .field = "/point"});
}

Result<std::vector<AgreedPoint>> points_of(const Asking& asking) {
  std::vector<AgreedPoint> out;
  for (const std::string& text : words_of(said(asking, "point"))) {
    const std::size_t at = text.find('@');
    const auto loss = at == std::string::npos ? std::nullopt : amount_of(text.substr(0, at));
    const auto years = at == std::string::npos ? std::nullopt : parse_number(text.substr(at + 1));
    if (!loss || !years) return bad_point(text, "a loss and a number of years");
    if (!(*loss > 0 && *loss < kMostRevenue)) return bad_point(text, "a loss above 0");
    if (!(*years >= 1 && *years <= kMostYears)) return bad_point(text, "once in 1 to 1,000 years");
    out.push_back({.years = *years, .loss = *loss});
  }
  std::ranges::sort(out, {}, &AgreedPoint::years);
  TB_DO(check_points(out));
  return out;
}

std::string currency_of(const Asking& asking) {
  return asking.book ? asking.book->snapshot().organisation.currency : "EUR";
}

Day day_of(Instant at) { return Day{std::chrono::floor<std::chrono::days>(at)}; }

std::string names_words(const std::vector<std::string>& ids) {
  return ids.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(ids, ", "));
}

}  // namespace

Result<StartWish> start_wish(const Asking& asking) {
  const StarterLibrary& library = starter_library();
  StartWish out;
  out.profile.currency = currency_of(asking);
  const auto rate = library.currencies.find(out.profile.currency);
  out.profile.people = library.reference.people;
  out.profile.revenue =
      library.reference.revenue * (rate == library.currencies.end() ? 1 : rate->second);
  TB_TRY(out.said_people, take_number(asking, "people", out.profile.people));
  TB_TRY(out.said_revenue, take_number(asking, "revenue", out.profile.revenue));
  if (const std::string sector = said(asking, "sector"); !sector.empty())
    out.profile.sector = sector;
  TB_DO(check_profile(library, out.profile));
  TB_TRY(out.chosen, chosen_of(asking, library));
  TB_TRY(out.agreed, points_of(asking));
  return out;
}

Result<RecordPlan> plan_start(const Asking& asking, const Writer& writer) {
  TB_TRY(const StartWish wish, start_wish(asking));
  if (wish.chosen.empty()) {
    return fail(Kind::invalid, "risk.nothing_chosen", "no starting point was named",
                "name some (tiebeam risk starters lists them), or say --all");
  }
  StartRecords made = start_records(asking.book->snapshot(), wish, day_of(writer.at));
  RecordPlan out;
  out.records = std::move(made.records);
  out.answer.text = fmt::format("added: {}\n", names_words(made.added));
  if (!made.held.empty())
    out.answer.text += fmt::format("there already: {}\n", names_words(made.held));
  if (!made.added.empty())
    out.answer.text += "next: tiebeam risk agree --point LOSS@YEARS --by PERSON\n";
  out.answer.json =
      Json::object({{"added", Json::array(made.added)}, {"held", Json::array(made.held)}});
  return out;
}

Result<std::string> agreeing_person(const Asking& asking, RecordPlan& plan) {
  const Snapshot& snapshot = asking.book->snapshot();
  const std::string id = said(asking, "by"), name = said(asking, "by-name");
  const auto people = snapshot.all<Person>();
  if (!id.empty()) {
    if (snapshot.find("person", id)) return id;
    std::vector<std::string_view> ids;
    for (const Person& each : people) ids.push_back(each.id);
    return fail(Kind::not_found, "risk.no_such_person",
                fmt::format("there is no person '{}'{}", shown(id), did_you_mean(id, ids)),
                "name one on record, or write the name with --by-name");
  }
  if (name.empty()) {
    return fail(Kind::invalid, "risk.no_such_person", "nobody is named who agrees to it",
                "an appetite is somebody's: name them with --by or --by-name");
  }
  for (const Person& each : people) {
    if (to_lower_ascii(each.name) == to_lower_ascii(name)) return each.id;
  }
  Person person;
  person.name = name;
  person.role = said(asking, "role");
  const std::string stem = slugify(name).empty() ? "person" : slugify(name);
  person.id = stem;
  for (int n = 2; snapshot.find("person", person.id); ++n)
    person.id = fmt::format("{}-{}", stem, n);
  plan.records.emplace_back("person", to_record(person));
  return person.id;
}

namespace {

// The points with those on record that stay beside them. Errors: appetite.not_in_order.
Result<void> check_beside(const std::vector<Appetite>& held, const std::vector<Appetite>& wanted) {
  std::vector<AgreedPoint> points;
  const auto add = [&](const Appetite& each) {
    if (each.probability && each.loss && each.probability->value() > 0)
      points.push_back({.years = 1 / each.probability->value(),
                        .loss = static_cast<double>(each.loss->minor()) /
                                std::pow(10, each.loss->currency().digits())});
  };
  for (const Appetite& each : wanted) add(each);
  for (const Appetite& each : held) {
    if (std::ranges::find(wanted, each.id, &Appetite::id) == wanted.end()) add(each);
  }
  return check_points(points);
}

// The point on record that this is about, which stays as likely as it was to its last digit; else a
// new one, under an id that nobody has. Years are typed to four digits: a point of 7 % is 14.29.
Appetite point_of(const AgreedPoint& said, const std::vector<Appetite>& held,
                  const std::vector<Appetite>& before) {
  constexpr double kSameYears = 0.001;
  const auto is_named = [](const std::vector<Appetite>& all, const std::string& id) {
    return std::ranges::find(all, id, &Appetite::id) != all.end();
  };
  for (const Appetite& each : held) {
    if (each.probability && std::abs(each.probability->value() * said.years - 1) < kSameYears &&
        !is_named(before, each.id))
      return each;
  }
  Appetite out;
  out.name = fmt::format("Once in {:.4g} years", said.years);
  const std::string stem = slugify(out.name);
  out.id = stem;
  for (int n = 2; is_named(held, out.id) || is_named(before, out.id); ++n)
    out.id = fmt::format("{}-{}", stem, n);
  out.probability = *Fraction::create(1 / said.years);
  return out;
}

}  // namespace

Result<RecordPlan> plan_agree(const Asking& asking, const Writer& writer) {
  TB_TRY(const std::vector<AgreedPoint> points, points_of(asking));
  if (points.empty()) return bad_point("", "at least one point");
  const Snapshot& snapshot = asking.book->snapshot();
  TB_TRY(const Currency currency, Currency::create(snapshot.organisation.currency));
  RecordPlan out;
  TB_TRY(const std::string person, agreeing_person(asking, out));
  std::vector<Appetite> wanted;
  const auto held = snapshot.all<Appetite>();
  for (const AgreedPoint& each : points) {
    Appetite appetite = point_of(each, held, wanted);
    TB_TRY(appetite.loss,
           Money::parse(fmt::format("{:.{}f}", each.loss, currency.digits()), currency));
    appetite.set_by = Id<"person">(person);
    appetite.set_on = day_of(writer.at);
    wanted.push_back(std::move(appetite));
  }
  TB_DO(check_beside(held, wanted));
  std::vector<std::string> ids;
  for (const Appetite& each : wanted) {
    ids.push_back(each.id);
    out.records.emplace_back("appetite", to_record(each));
  }
  out.answer.text = fmt::format("agreed by {}: {}\n", person, names_words(ids));
  out.answer.json = Json::object({{"appetite", Json::array(ids)}, {"by", person}});
  return out;
}

}  // namespace tiebeam::risk
