#include "rooms/briefing/mount.h"

#include "rooms/briefing/briefing.h"
#include "rooms/briefing/table.h"

namespace tiebeam::briefing {
namespace {

Result<Answer> run(const Asking& asking) {
  const Brief brief = compute_brief(*asking.book, asking.table.rules);
  if (brief.figures.empty()) {
    return fail(Kind::not_found, "brief.nothing_to_say", "there is nothing to brief about yet",
                "import an export first: tiebeam import FILE");
  }
  const std::string format = asking.json ? "json" : asking.option("--format", "text");
  Answer answer;
  if (format == "json") {
    answer.json = to_json(brief);
    answer.text = write_json(answer.json, true) + "\n";
  } else {
    answer.text = format == "html" ? to_html(brief) : to_text(brief);
  }
  return answer;
}

}  // namespace

void mount(Table& table) {
  table.queries.push_back({.room = "briefing",
                           .name = "table",
                           .help = "The Table: five figures now and a week before, sentences, "
                                   "priorities, findings",
                           .options = {},
                           .run = [](const Asking& asking) -> Result<Json> {
                             return table_json(*asking.book, asking.table.rules);
                           }});
  table.commands.push_back(
      {.room = {},
       .name = "brief",
       .help = "one page a leader can read in two minutes and believe",
       .details = "Every number carries a mark; the table below names its figure, and\n"
                  "`tiebeam figure KEY --explain` follows it down to the lines of the source.",
       .takes_file = false,
       .options = {{.name = "--format",
                    .takes = "FORMAT",
                    .help = "text, html or json",
                    .choices = {"text", "html", "json"}},
                   {.name = std::string(kOutputOption),
                    .takes = "FILE",
                    .help = "write there instead of the terminal",
                    .choices = {}}},
       .run = run});
}

}  // namespace tiebeam::briefing
