// The weekly digest: what changed, which decisions wait, which promises are due.
#include <fmt/format.h>

#include "base/html_text.h"
#include "model/figure_text.h"
#include "rooms/partnership/review.h"

namespace tiebeam::partnership {
namespace {

constexpr std::chrono::days kAhead{7};
// Mail programs drop style sheets: plain elements, and a little style that may be lost.
constexpr std::string_view kStyle =
    "body{font:15px/1.5 sans-serif;max-width:640px;margin:0 auto;padding:16px;color:#1a1d23}"
    "h1{font:400 22px/1.3 Georgia,serif}h2{font-size:16px;margin:22px 0 4px;border-bottom:1px "
    "solid "
    "#1a1d23}h3{font-size:13px;margin:12px 0 2px;color:#4a4f58}ul{margin:0;padding-left:18px}"
    "footer{color:#6a6f78;font-size:12px;margin-top:22px}";

std::string money(const Money& money) {
  Figure figure;
  figure.value = money;
  return in_words(figure);
}

std::string decision_line(const DecisionLine& line) {
  std::string out = line.record.name;
  if (line.record.cost_of_delay_a_week)
    out += fmt::format(": a week of waiting costs {}", money(*line.record.cost_of_delay_a_week));
  if (line.record.needed_by)
    out += fmt::format("{} needed by {}{}", line.record.cost_of_delay_a_week ? ";" : ":",
                       format_day_long(*line.record.needed_by),
                       line.is_past_needed ? ", which has passed" : "");
  return out;
}

std::string section(std::string_view title, const std::vector<std::string>& lines) {
  std::string rows;
  for (const std::string& line : lines) rows += fmt::format("<li>{}</li>\n", html_text(line));
  return rows.empty() ? rows : fmt::format("<h3>{}</h3>\n<ul>\n{}</ul>\n", title, rows);
}

}  // namespace

DigestLines digest_lines(const Review& review) {
  DigestLines out;
  for (const auto* points : {&review.good, &review.bad, &review.ugly}) {
    for (const Point& point : *points) {
      if (point.figure.empty()) continue;
      out.changed.push_back(point.text);
    }
  }
  for (const PromiseLine& line : review.kept)
    out.changed.push_back(fmt::format("kept: {}", line.record.name));
  for (const DecisionLine& line : review.decided)
    out.changed.push_back(fmt::format("decided: {}", line.record.name));
  for (const DecisionLine& line : review.waiting) out.waiting.push_back(decision_line(line));
  const Day ahead{std::chrono::sys_days{review.today} + kAhead};
  for (const PromiseLine& line : review.open) {
    const auto due = line.record.moved_to ? line.record.moved_to : line.record.due;
    if (!due || *due > ahead) continue;
    out.due.push_back(fmt::format("{}: {}{}", line.record.name, format_day_long(*due),
                                  *due < review.today ? ", which has passed" : ""));
  }
  return out;
}

std::string digest_title(const Snapshot& snapshot, const std::vector<Review>& reviews) {
  const std::string name =
      snapshot.organisation.name + (snapshot.organisation.fictional ? " (demonstration)" : "");
  const Day today = reviews.empty() ? Day{} : reviews.front().today;
  if (reviews.size() == 1)
    return fmt::format("{}: the week for {}, {}", name, reviews.front().partner,
                       format_day_long(today));
  return fmt::format("{}: the week with our partners, {}", name, format_day_long(today));
}

std::string digest_html(const Snapshot& snapshot, const std::vector<Review>& reviews) {
  std::string parts;
  for (const Review& review : reviews) {
    const DigestLines lines = digest_lines(review);
    const std::string said = section("What changed", lines.changed) +
                             section("Decisions waiting", lines.waiting) +
                             section("Promises due", lines.due);
    parts += fmt::format("<h2>{}</h2>\n{}", html_text(review.partner),
                         said.empty() ? "<p>Nothing moved this week.</p>\n" : said);
  }
  const std::string title = html_text(digest_title(snapshot, reviews));
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\">\n<title>{0}</title><style>{1}</style></head>"
      "\n<body><h1>{0}</h1>\n{2}<footer>Where a number comes from: tiebeam partnership review ID "
      "--json</footer></body></html>\n",
      title, kStyle, parts);
}

}  // namespace tiebeam::partnership
