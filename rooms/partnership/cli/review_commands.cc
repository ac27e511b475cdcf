#include "rooms/partnership/cli/review_commands.h"

#include "application/table.h"
#include "rooms/partnership/mail_of.h"

namespace tiebeam::partnership {
namespace {

Option output_option() {
  return {.name = std::string(kOutputOption),
          .takes = "FILE",
          .help = "write there instead of the terminal",
          .choices = {}};
}

Result<Answer> run_digest(const Asking& asking) {
  const FigureBook& book = *asking.book;
  TB_TRY(const std::vector<Review> reviews, digest_of(book, asking.option("ENGAGEMENT")));
  const std::string format = asking.option("--format", "text");
  Answer answer;
  if (asking.json) {
    answer.json = engagements_json(book, asking.table.rules.run(book));
  } else if (format == "html") {
    answer.text = digest_html(book.snapshot(), reviews);
  } else if (format == "mail") {
    answer.text = digest_mail(book.snapshot(), reviews, digest_text(book.snapshot(), reviews));
  } else {
    answer.text = digest_text(book.snapshot(), reviews);
  }
  return answer;
}

Result<Answer> run_review(const Asking& asking) {
  const FigureBook& book = *asking.book;
  TB_TRY(const Review review, review_of(book, asking.option("ENGAGEMENT")));
  const std::string format = asking.option("--format", "text");
  if (format == "mail" && !asking.json) {
    Asking one = asking;
    one.options["ENGAGEMENT"] = review.engagement.id;
    return run_digest(one);
  }
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
                        .help = "text, html, or mail: the digest of the last week as .eml",
                        .choices = {"text", "html", "mail"}},
                       output_option()},
           .run = run_review},
          {.room = "partnership",
           .name = "digest",
           .help = "the last week with all partners: what changed, decisions waiting, promises due",
           .details = "As a mail (.eml) it opens as a draft in any mail program; nothing is sent.",
           .takes_file = false,
           .options = {{.name = "--format",
                        .takes = "FORMAT",
                        .help = "text, html or mail",
                        .choices = {"text", "html", "mail"}},
                       output_option()},
           .run = run_digest}};
}

}  // namespace tiebeam::partnership
