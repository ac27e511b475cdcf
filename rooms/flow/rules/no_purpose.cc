#include <fmt/format.h>

#include <cmath>

#include "model/figure_text.h"
#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

std::vector<Finding> look(const FigureBook& book) {
  const Figure* share = book.find("flow.purpose.share");
  if (!share || !share->has_value() || share->number() >= 1) return {};
  const std::int64_t all = share->n.value_or(0);
  const std::int64_t untied = std::llround((1 - share->number()) * static_cast<double>(all));
  const bool none_on_record = book.snapshot().of("priority").empty();
  Finding out = finding(subject_of(""),
                        fmt::format("{} of {} {} to no priority of the business{}", counted(untied),
                                    pieces_of_work(all), untied == 1 ? "leads" : "lead",
                                    none_on_record ? ": no priority is on record" : ""),
                        {"flow.purpose.share"}, share->as_of);
  if (none_on_record) {
    out.act =
        "Write down what matters first: tiebeam record priority add name=\"Keep customers\" "
        "statement=\"...\"; "
        "then tie a value stream to it: tiebeam record link add from=value_stream/ID kind=serves "
        "to=priority/ID";
  }
  return {std::move(out)};
}

}  // namespace

Rule no_purpose_rule() {
  return {"flow.no_purpose",
          Severity::warning,
          "Work tied to no priority",
          "Work that serves no priority takes the same people's time as work that does, and nobody "
          "can say "
          "whether it should go first or not be done at all.",
          "Tie the stream or the work to what it serves: tiebeam record link add "
          "from=value_stream/ID kind=serves "
          "to=priority/ID, or set the initiative of a piece of work; what serves nothing is a "
          "candidate to stop",
          look};
}

}  // namespace tiebeam::flow
