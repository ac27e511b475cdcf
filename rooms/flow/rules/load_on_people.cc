#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

// What is told of the limits that any team is over, and the figures it rests on.
struct Told {
  std::vector<std::string> messages, figures;
};

// "in 12 of 40 teams ...", the worst one named.
void look_at(const LimitFacts& limit, std::size_t teams, std::string_view what, bool is_share,
             const std::string& key, Told& out) {
  if (limit.teams.empty()) return;
  const auto told = [&](double value) {
    return is_share ? fmt::format("{:.0f} %", 100 * value) : fmt::format("{:.3g}", value);
  };
  const auto& [worst, value] = limit.teams.front();
  out.figures.push_back(key);
  const std::string which =
      teams == 1
          ? "in the one team"
          : fmt::format("in {} of {} teams", counted(static_cast<std::int64_t>(limit.teams.size())),
                        counted(static_cast<std::int64_t>(teams)));
  out.messages.push_back(
      fmt::format("{} {}{} {} ({})", which, fmt::format(fmt::runtime(what), told(limit.limit)),
                  limit.teams.size() > 1 ? ", most in" : ":", worst, told(value)));
}

std::vector<Finding> look(const FigureBook& book, const TeamLoadFacts& facts) {
  const Figure* share = book.find("flow.people.out_of_hours.share");
  if (!share) return {};
  Told out;
  look_at(facts.out_of_hours, facts.teams, "more than {} of the events lie outside working hours",
          true, "flow.people.out_of_hours.share", out);
  look_at(facts.concurrent, facts.teams, "people have more than {} pieces of work in hand at once",
          false, "flow.people.concurrent", out);
  look_at(facts.single_holder, facts.teams,
          "only one person can carry more than {} of what is finished", true,
          "flow.people.single_holder.share", out);
  if (out.messages.empty()) return {};
  return {finding(subject_of(""), fmt::format("{}", fmt::join(out.messages, "; ")), out.figures,
                  share->as_of)};
}

}  // namespace

Rule load_on_people_rule(ReadTeamLoad read) {
  return {"flow.load_on_people",
          Severity::warning,
          "Load that burns people out",
          "Work at night, much work at once and work that nobody else can do wear people out, and "
          "they leave; what they carried then stands still.",
          "Ask the team what makes it so. Fewer things at once, a rota that is paid back in time "
          "off, and a second person for what one holds alone are what helps; hours that are "
          "agreed belong into the calendar: tiebeam record value_stream set ID calendar=ID",
          [read = std::move(read)](const FigureBook& book) { return look(book, read(book)); }};
}

}  // namespace tiebeam::flow
