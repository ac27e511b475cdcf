#include "rooms/partnership/cli/review_commands.h"

#include "application/table.h"

namespace tiebeam::partnership {
namespace {

Option output_option() {
  return {.name = std::string(kOutputOption),
          .takes = "FILE",
          .help = "write there instead of the terminal",
          .choices = {}};
}

Result<Answer> run_review(const Asking& asking) {
  const FigureBook& book = *asking.book;
  TB_TRY(const Review review, review_of(book, asking.option("ENGAGEMENT")));
  const std::string format = asking.option("--format", "text");
  Answer answer;
  if (asking.json) {
    answer.json = review_json(book, review, asking.table.rules.run(book));
  } else if (format == "html") {
    answer.text = review_html(book.snapshot(), review);
  } else {
    answer.text = review_text(review);
  }
  return answer;
}

}  // namespace

std::vector<Command> review_commands() {
  return {{.room = "partnership",
           .name = "review",
           .help = "the pack for the next meeting with a partner: what changed, good, bad, ugly",
           .details = "Made of what is on record since the last closed meeting.\n"
                      "Method: docs/method/review.md.",
           .takes_file = false,
           .options = {{.name = "ENGAGEMENT",
                        .takes = "ID",
                        .help = "which partner; needed only where there are several",
                        .choices = {}},
                       {.name = "--format",
                        .takes = "FORMAT",
                        .help = "text or html",
                        .choices = {"text", "html"}},
                       output_option()},
           .run = run_review}};
}

}  // namespace tiebeam::partnership
