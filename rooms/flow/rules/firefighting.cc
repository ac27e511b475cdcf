#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

std::vector<Finding> look(const FigureBook& book, const std::vector<FirefightingFacts>& streams) {
  const Figure* share = book.find("flow.unplanned.share");
  if (!share) return {};
  std::vector<Finding> out;
  for (const FirefightingFacts& stream : streams) {
    std::string message = fmt::format(
        "{} of {} begun in {} ({:.0f} %) were urgent and not planned; it plans for at most {:.0f} "
        "%",
        counted(stream.unplanned), pieces_of_work(stream.begun),
        stream.name.empty() ? "no value stream" : stream.name, 100 * stream.share,
        100 * stream.target);
    if (stream.last_month)
      message += fmt::format("; in the last full month it was {:.0f} %", 100 * *stream.last_month);
    out.push_back(
        finding(subject_of(stream.id), std::move(message), {"flow.unplanned.share"}, share->as_of));
  }
  return out;
}

}  // namespace

Rule firefighting_rule(ReadFirefighting read) {
  return {"flow.firefighting",
          Severity::warning,
          "More firefighting than planned for",
          "Urgent work that nobody planned pushes out what was promised; the more of it there is, "
          "the less any date holds.",
          "Look for what the urgent work has in common and mend that first; or keep the capacity "
          "free that it takes, and say so: tiebeam record value_stream set ID unplanned_target=0.3",
          [read = std::move(read)](const FigureBook& book) { return look(book, read(book)); }};
}

}  // namespace tiebeam::flow
