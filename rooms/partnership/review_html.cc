// The pack as one HTML file: two A4 pages, no script, nothing loaded from elsewhere. The first page
// is what to talk about, the second what was promised, asked and is to be decided.
#include <fmt/format.h>

#include "base/html_text.h"
#include "model/figure_text.h"
#include "rooms/partnership/review.h"

namespace tiebeam::partnership {
namespace {

constexpr std::string_view kStyle = R"css(
:root{--paper:#faf9f6;--ink:#1a1d23;--ink2:#4a4f58;--ink3:#6a6f78;--rule:#e3e0d9;--good:#17735a;--bad:#b83a0b;
--sans:"Inter Variable",Inter,system-ui,sans-serif;--serif:"Source Serif 4 Variable","Source Serif 4",Georgia,serif}
@media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#eceae5;--ink2:#bdbbb5;--ink3:#989690;--rule:#2d3138;--good:#5cc6a3;--bad:#ff9466}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:400 13px/1.42 var(--sans)}
body{margin:0 auto;max-width:820px;padding:26px}
header{display:flex;justify-content:space-between;gap:16px;color:var(--ink3);font-size:12px;margin-bottom:12px}
header b{color:var(--ink);font-weight:600}
h1{font:400 25px/1.25 var(--serif);letter-spacing:-.012em;margin:0 0 6px;text-wrap:balance}
h2{font:600 13px/1.3 var(--sans);margin:18px 0 0;padding-bottom:4px;border-bottom:1px solid var(--ink)}
.lead{font:400 14.5px/1.4 var(--serif);color:var(--ink2);margin:0}
.three{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:0 22px}
.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 22px}
ul{list-style:none;margin:0;padding:0}
li{padding:5px 0;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}
th{font:500 11px/1.3 var(--sans);color:var(--ink3);text-align:left;padding:5px 10px 4px 0;border-bottom:1px solid var(--rule)}
td{padding:5px 10px 5px 0;border-bottom:1px solid var(--rule);vertical-align:baseline;overflow-wrap:anywhere}
td.num,th.num{text-align:right;white-space:nowrap;font-feature-settings:"tnum" 1}
.good{color:var(--good)}.bad{color:var(--bad)}.none,.more{color:var(--ink3)}
.write{border-bottom:1px solid var(--rule);height:23px}
footer{color:var(--ink3);font-size:11.5px;margin-top:16px}
code{font-size:11.5px}
.page+.page{margin-top:34px}
@media (max-width:640px){.three{display:block}body{padding:16px}}
@media print{@page{size:A4;margin:13mm}html{background:#fff;color:#000;font-size:9.5pt}body{padding:0;max-width:none}
.page+.page{break-before:page;margin-top:0}tr,li{break-inside:avoid}h2{break-after:avoid;margin-top:13px}
td,.two li{white-space:nowrap;padding-top:2px;padding-bottom:2px}td:first-child{white-space:normal}
.rows td:first-child{max-width:0;width:100%;white-space:nowrap}.rows td:first-child,.two li{overflow:hidden;text-overflow:ellipsis}
.rows{font-size:9pt}th{padding:3px 10px 2px 0}
.three li span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}}
)css";

// What fits on its page, a line each; the rest is counted and stands in the page of the review.
constexpr std::size_t kPoints = 6, kDecisions = 5, kSettled = 6, kOpen = 5, kAsks = 4;

std::string day(const std::optional<Day>& day) { return day ? format_day_long(*day) : "no day"; }
std::string money(const std::optional<Money>& money) {
  if (!money) return "not said";
  Figure figure;
  figure.value = *money;
  return in_words(figure);
}

std::string more(std::size_t all, std::size_t shown) {
  if (all <= shown) return {};
  return fmt::format("<p class=\"more\">and {} more on the review's page</p>\n", all - shown);
}

std::string points(std::string_view title, const std::vector<Point>& points) {
  std::string rows;
  for (std::size_t i = 0; i < std::min(points.size(), kPoints); ++i)
    rows += fmt::format("<li><span>{}</span></li>\n", html_text(points[i].text));
  if (points.empty()) rows = "<li class=\"none\">Nothing stands out.</li>\n";
  return fmt::format("<section><h2>{}</h2><ul>{}</ul>{}</section>\n", title, rows,
                     more(points.size(), kPoints));
}

std::string trend(const ChosenFigure& one) {
  switch (one.trend) {
    case Trend::better:
      return "<span class=\"good\">✓ better</span>";
    case Trend::worse:
      return "<span class=\"bad\">✗ worse</span>";
    case Trend::unknown:
      return "not known";
    case Trend::unclear:
      return "within chance";
    default:
      return std::string(trend_name(one.trend));
  }
}

std::string figures(const Review& review) {
  if (review.figures.empty())
    return "<h2>What you look at</h2><p class=\"none\">No figure was chosen yet: which ones, at "
           "most seven, matter to you?</p>\n";
  constexpr std::string_view kMatters[] = {"no", "somewhat", "yes"};
  std::string rows;
  for (const ChosenFigure& one : review.figures) {
    rows += fmt::format(
        "<tr><td>{}</td><td class=\"num\">{}</td><td>{}</td><td class=\"num\">{}</td><td>{}</td>"
        "<td>{}</td></tr>\n",
        html_text(one.now.label), html_text(in_words(one.now)), html_text(between(one.now)),
        one.before ? html_text(in_words(*one.before)) : std::string{}, trend(one),
        one.vote ? kMatters[static_cast<std::size_t>(one.vote->matters)] : "not asked");
  }
  return fmt::format(
      "<h2>What you look at</h2><table><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\" "
      "class=\"num\">Now</th><th scope=\"col\">9 in 10 between</th><th scope=\"col\" "
      "class=\"num\">Before</th><th scope=\"col\">Change</th><th scope=\"col\">Does it matter to "
      "you?</th></tr></thead><tbody>\n{}</tbody></table>\n",
      rows);
}

std::string promises(std::string_view title, const std::vector<PromiseLine>& lines,
                     std::size_t most) {
  if (lines.empty()) return fmt::format("<h2>{}</h2><p class=\"none\">None.</p>\n", title);
  std::string rows;
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) {
    const PromiseLine& line = lines[i];
    rows +=
        fmt::format("<tr><td>{}</td><td class=\"num\">{}</td><td>{}</td></tr>\n",
                    html_text(line.record.name), day(line.record.due), fate_in_words(line.fate));
  }
  return fmt::format(
      "<h2>{}</h2><table><thead><tr><th "
      "scope=\"col\">Promise</th><th scope=\"col\" "
      "class=\"num\">For</th><th scope=\"col\">What became of it</th></tr></thead><tbody>\n{}"
      "</tbody></table>{}\n",
      title, rows, more(lines.size(), most));
}

std::string decisions(const Review& review) {
  if (review.waiting.empty()) return "<h2>Decisions waiting</h2><p class=\"none\">None.</p>\n";
  std::string rows;
  for (std::size_t i = 0; i < std::min(review.waiting.size(), kDecisions); ++i) {
    const DecisionLine& line = review.waiting[i];
    rows += fmt::format(
        "<tr><td>{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td>"
        "<td class=\"num\">{}</td></tr>\n",
        html_text(line.record.name), day(line.record.needed_by),
        line.age_days ? html_text(in_words(static_cast<double>(*line.age_days), "days")) : "",
        html_text(money(line.record.cost_of_delay_a_week)), html_text(money(line.cost_so_far)));
  }
  return fmt::format(
      "<h2>Decisions waiting</h2><table>"
      "<thead><tr><th scope=\"col\">Question</th><th "
      "scope=\"col\" class=\"num\">Needed by</th><th scope=\"col\" class=\"num\">Waits</th><th "
      "scope=\"col\" class=\"num\">A week costs</th><th scope=\"col\" class=\"num\">So "
      "far</th></tr></thead><tbody>\n{}</tbody></table>{}\n",
      rows, more(review.waiting.size(), kDecisions));
}

std::string asks_and_actions(const Review& review) {
  std::string asks, actions;
  for (std::size_t i = 0; i < std::min(review.asks.size(), kAsks); ++i)
    asks += fmt::format("<li>{}</li>\n", html_text(review.asks[i]));
  for (std::size_t i = 0; i < std::min(review.actions.size(), kAsks); ++i) {
    const ActionLine& line = review.actions[i];
    actions += fmt::format("<li>{}, {}{}</li>\n", html_text(line.record.name), day(line.record.due),
                           line.is_overdue ? " <span class=\"bad\">✗ late</span>" : "");
  }
  const std::string none = "<li class=\"none\">None.</li>";
  return fmt::format(
      "<div class=\"two\"><section><h2>Asked last time</h2><ul>{}</ul>{}</section><section>"
      "<h2>Actions open</h2><ul>{}</ul>{}</section></div>\n",
      asks.empty() ? none : asks, more(review.asks.size(), kAsks), actions.empty() ? none : actions,
      more(review.actions.size(), kAsks));
}

std::string relevance(const Review& review) {
  const auto share = review.relevance.share();
  if (!share) return "Which measures matter to you was not asked yet.";
  return fmt::format("Of what you value, {} is reported; the target is {}.",
                     in_words(*share, "share"), in_words(kRelevanceTarget, "share"));
}

std::string head(const std::string& organisation, const Review& review) {
  return fmt::format("<header><b>{}</b><span>As of {}</span></header>\n", organisation,
                     format_day_long(review.today));
}

}  // namespace

std::string review_html(const Snapshot& snapshot, const Review& review) {
  const std::string organisation = html_text(snapshot.organisation.name) +
                                   (snapshot.organisation.fictional ? " (demonstration)" : "");
  const std::string title = fmt::format("Review with {}", html_text(review.partner));
  const std::string lead = fmt::format(
      "{} {}. {} of {} meetings held. {}",
      review.period.is_first ? "The first review; what changed since" : "What changed since",
      format_day_long(review.period.since), review.rhythm.held, review.rhythm.planned,
      relevance(review));
  // What failed stands before what was kept.
  std::vector<PromiseLine> settled = review.missed;
  settled.insert(settled.end(), review.kept.begin(), review.kept.end());
  std::vector<PromiseLine> open = review.open;  // what failed stands above already
  std::erase_if(open, [&](const PromiseLine& line) {
    return std::ranges::any_of(review.missed, [&](const PromiseLine& missed) {
      return missed.record.id == line.record.id;
    });
  });
  std::string lines;
  for (int i = 0; i < 3; ++i) lines += "<div class=\"write\"></div>";
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<title>{0}, {1}</title>\n<style>{2}</style></head>\n<body><main>\n"
      "<div class=\"page\">{3}<h1>{0}</h1>\n<p class=\"lead\">{4}</p>\n{5}"
      "<div class=\"three\">{6}{7}{8}</div></div>\n"
      "<div class=\"page rows\">{3}{9}{10}{11}{12}<h2>What we agree today</h2>{13}\n"
      "<footer>Every number opens on the review's page, with its formula and its records. The same "
      "as data: <code>tiebeam partnership review {14} --json</code></footer></div>\n"
      "</main></body></html>\n",
      title, format_day_long(review.today), kStyle, head(organisation, review), lead,
      figures(review), points("Good", review.good), points("Bad", review.bad),
      points("Ugly", review.ugly), decisions(review),
      promises("Promises since last time", settled, kSettled),
      promises("Promises open", open, kOpen), asks_and_actions(review), lines,
      html_text(review.engagement.id));
}

}  // namespace tiebeam::partnership
