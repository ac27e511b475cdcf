#include "rooms/risk/api/appetite_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/json_object.h"
#include "rooms/risk/api/start_plans.h"
#include "rooms/risk/records.h"

namespace tiebeam::risk {
namespace {

constexpr double kMostVersions = 1e15;

struct Point {
  std::string id;  // "": a new one
  std::string name;
  Fraction probability;
  Money loss;
};
struct Seen {
  std::string id;
  std::int64_t version = 0;
};
struct WholeAppetite {
  std::vector<Point> points;
  std::optional<std::vector<Seen>> seen;  // of every point on record; none: whatever is there
};

void check_order(const std::vector<Point>& points, std::vector<Error>& faults) {
  std::vector<AgreedPoint> all;
  for (const Point& each : points) {
    const double unit = std::pow(10, each.loss.currency().digits());
    all.push_back({.years = 1 / each.probability.value(),
                   .loss = static_cast<double>(each.loss.minor()) / unit});
  }
  for (Error& each : point_faults(all)) {
    each.field = "/points" + each.field;
    faults.push_back(std::move(each));
  }
}

Point point_of(const Json& json, const std::string& pointer, const Currency& currency,
               std::vector<Error>& faults) {
  JsonObject one(json, pointer, faults);
  Point out;
  if (one.has("id")) out.id = one.id();
  out.name = one.needed_text("name");
  if (const auto share = one.needed_number("probability", 0, 1))
    out.probability = *Fraction::create(*share);
  const std::string amount = one.needed_text("loss");
  auto loss = Money::parse(amount, currency);
  if (loss) {
    out.loss = *loss;
  } else if (!amount.empty()) {
    one.fault("loss", fmt::format("'{}'", shown(amount)), "an amount such as 1200000.00");
  }
  one.refuse_others();
  return out;
}

std::expected<WholeAppetite, std::vector<Error>> read_appetite(const std::string& text,
                                                               const Currency& currency) {
  const auto json = parse_json(text);
  if (!json) return std::unexpected(std::vector{json.error()});
  std::vector<Error> faults;
  WholeAppetite out;
  JsonObject top(*json, "", faults);
  const Json::Array& points = top.list("points");
  for (std::size_t i = 0; i < points.size(); ++i)
    out.points.push_back(point_of(points[i], fmt::format("/points/{}", i), currency, faults));
  if (top.has("seen")) {
    out.seen.emplace();
    const Json::Array& seen = top.list("seen");
    for (std::size_t i = 0; i < seen.size(); ++i) {
      JsonObject one(seen[i], fmt::format("/seen/{}", i), faults);
      const std::string id = one.id();
      out.seen->push_back(
          {id, one.whole("version", 0, static_cast<std::int64_t>(kMostVersions)).value_or(0)});
      one.refuse_others();
    }
  }
  top.refuse_others();
  if (faults.empty()) check_order(out.points, faults);
  if (!faults.empty()) return std::unexpected(all_under("risk.bad_appetite", std::move(faults)));
  return out;
}

std::unexpected<Error> moved(std::string message) {
  return std::unexpected(Error{.kind = Kind::conflict,
                               .code = "risk.appetite_moved",
                               .message = std::move(message),
                               .detail = {},
                               .hint = "look at the appetite on record, then say what is meant",
                               .field = "/seen"});
}

// Refuses when somebody changed, added or took out a point since it was looked at.
Result<void> check_seen(const std::vector<Appetite>& held, const std::vector<Seen>& seen) {
  for (const Appetite& each : held) {
    const auto known = std::ranges::find(seen, each.id, &Seen::id);
    if (known == seen.end())
      return moved(fmt::format("the point '{}' was added meanwhile", shown(each.name)));
    if (known->version != each.version)
      return moved(fmt::format("the point '{}' was changed meanwhile", shown(each.name)));
  }
  for (const Seen& each : seen) {
    if (std::ranges::find(held, each.id, &Appetite::id) == held.end())
      return moved(fmt::format("the point '{}' was taken out meanwhile", shown(each.id)));
  }
  return {};
}

std::string free_id(const Point& point, const std::vector<Appetite>& held,
                    const std::vector<Appetite>& made) {
  const std::string stem = slugify(point.name).empty() ? "point" : slugify(point.name);
  const auto taken = [&](const std::string& id) {
    return std::ranges::find(held, id, &Appetite::id) != held.end() ||
           std::ranges::find(made, id, &Appetite::id) != made.end();
  };
  std::string out = stem;
  for (int n = 2; taken(out); ++n) out = fmt::format("{}-{}", stem, n);
  return out;
}

// Each point as a record; one that says what it said, by who said it, keeps its day.
std::vector<Appetite> records_of_points(const std::vector<Point>& points,
                                        const std::vector<Appetite>& held,
                                        const std::string& person, Day today) {
  std::vector<Appetite> out;
  for (const Point& point : points) {
    const auto before = std::ranges::find(held, point.id, &Appetite::id);
    const bool is_held = !point.id.empty() && before != held.end();
    Appetite record = is_held ? *before : Appetite{};
    const bool is_same = is_held && record.name == point.name && record.loss == point.loss &&
                         record.probability == point.probability && record.set_by.str() == person;
    if (record.id.empty()) record.id = point.id.empty() ? free_id(point, held, out) : point.id;
    record.name = point.name;
    record.probability = point.probability;
    record.loss = point.loss;
    if (!is_same) {
      record.set_by = Id<"person">(person);
      record.set_on = today;
    }
    out.push_back(std::move(record));
  }
  return out;
}

Result<RecordPlan> plan_appetite(const Asking& asking, const Writer& writer) {
  if (!asking.has("FILE")) {
    return invalid("command.bad_option", "no appetite is given",
                   "give its points in JSON: docs/format/appetite.md");
  }
  const Snapshot& snapshot = asking.book->snapshot();
  TB_TRY(const Currency currency, Currency::create(snapshot.organisation.currency));
  RecordPlan out;
  auto read = read_appetite(asking.option("FILE"), currency);
  if (!read) {
    out.faults = std::move(read).error();
    return out;
  }
  const WholeAppetite wanted = *std::move(read);
  const auto held = snapshot.all<Appetite>();
  if (wanted.seen) TB_DO(check_seen(held, *wanted.seen));
  std::string person;
  if (!wanted.points.empty()) {
    TB_TRY(person, agreeing_person(asking, out));
  }
  const Day today{std::chrono::floor<std::chrono::days>(writer.at)};
  const auto made = records_of_points(wanted.points, held, person, today);
  std::vector<std::string> ids;
  for (const Appetite& each : made) {
    ids.push_back(each.id);
    out.records.emplace_back("appetite", to_record(each));
  }
  std::vector<std::string> gone;
  for (const Appetite& each : held) {
    if (std::ranges::find(ids, each.id) == ids.end()) gone.push_back(each.id);
  }
  for (const std::string& id : gone) out.removed.emplace_back("appetite", id);
  out.answer.text = fmt::format(
      "the appetite: {}{}\n", ids.empty() ? "nothing" : fmt::format("{}", fmt::join(ids, ", ")),
      gone.empty() ? "" : fmt::format("; taken out: {}", fmt::join(gone, ", ")));
  out.answer.json = Json::object(
      {{"appetite", Json::array(ids)}, {"removed", Json::array(gone)}, {"by", person}});
  return out;
}

}  // namespace

Writing appetite_writing() {
  return {
      .room = "risk",
      .name = "appetite",
      .help = "bring the appetite on record to what a file says, as one step to undo",
      .details = "Points that the file leaves out are taken out. Format: docs/format/appetite.md.",
      .options = {{"FILE", "FILE", "the points in JSON", {}},
                  {.name = "--by", .takes = "PERSON", .help = "who agrees, by id", .choices = {}},
                  {.name = "--by-name",
                   .takes = "NAME",
                   .help = "who agrees, by name; put on record if need be",
                   .choices = {}},
                  {.name = "--role", .takes = "ROLE", .help = "what they do", .choices = {}}},
      .plan = plan_appetite};
}

}  // namespace tiebeam::risk
