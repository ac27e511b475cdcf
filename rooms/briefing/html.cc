// The brief as one HTML file: no script, nothing loaded from elsewhere, printable on one page.
#include <fmt/format.h>

#include "base/html_text.h"
#include "model/figure_text.h"
#include "rooms/briefing/briefing.h"

namespace tiebeam::briefing {
namespace {

constexpr std::string_view kStyle = R"css(
:root{--paper:#faf9f6;--ink:#1a1d23;--ink2:#4a4f58;--ink3:#6a6f78;--rule:#e3e0d9;--good:#17735a;--bad:#b83a0b;--acc:#1d4f8c;
--sans:"Inter Variable",Inter,system-ui,sans-serif;--serif:"Source Serif 4 Variable","Source Serif 4",Georgia,serif}
@media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#eceae5;--ink2:#bdbbb5;--ink3:#989690;--rule:#2d3138;--good:#5cc6a3;--bad:#ff9466;--acc:#8bb8f0}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:400 13.5px/1.45 var(--sans)}
body{margin:0 auto;max-width:980px;padding:28px 28px 40px}
header{display:flex;justify-content:space-between;gap:16px;color:var(--ink3);font-size:12.5px;margin-bottom:18px}
header b{color:var(--ink);font-weight:600}
h1{font:400 27px/1.27 var(--serif);letter-spacing:-.012em;margin:0 0 10px;text-wrap:balance}
.volume{font:400 15.5px/1.4 var(--serif);color:var(--ink2);margin:0 0 20px}
a.fig{color:inherit;text-decoration:none;border-bottom:1.5px dotted var(--ink3);white-space:nowrap}
a:focus-visible{outline:2px solid var(--acc);outline-offset:2px}
dl.said{display:grid;grid-template-columns:60px 1fr;gap:10px 12px;margin:0 0 26px;border-top:1.5px solid var(--ink);padding-top:14px}
dl.said dt{font-weight:600}dl.said dd{margin:0;font:400 15.5px/1.4 var(--serif)}
dt.good{color:var(--good)}dt.bad{color:var(--bad)}dt.ask{color:var(--acc)}
.wrap{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:600;padding-bottom:4px}
th{font:500 11.5px/1.3 var(--sans);color:var(--ink3);text-align:left;padding:6px 12px 5px 0;border-bottom:1px solid var(--rule)}
td{padding:7px 12px 7px 0;border-bottom:1px solid var(--rule);vertical-align:baseline}
td.num,th.num{text-align:right;white-space:nowrap;font-feature-settings:"tnum" 1}
code{font-size:12px;color:var(--ink2);overflow-wrap:anywhere}
tr:target{background:color-mix(in srgb,var(--acc),transparent 88%)}
footer{color:var(--ink3);font-size:12px;margin-top:22px}
@media (max-width:700px){body{padding:18px 16px}h1{font-size:22px}.hide{display:none}}
@media print{@page{size:A4;margin:14mm}html{background:#fff;color:#000}a.fig{border-bottom-color:#555}}
)css";

std::string sentence_html(const Brief& brief, const Sentence& sentence) {
  std::string out;
  for (const Piece& piece : sentence.pieces) {
    if (piece.figure.empty()) {
      out += html_text(piece.text);
    } else {
      out += fmt::format("<a class=\"fig\" href=\"#f{}\">{}</a>", number_of(brief, piece.figure),
                         html_text(piece.text));
    }
  }
  return out;
}

std::string_view role_label(Role role) {
  switch (role) {
    case Role::value:
      return "Value";
    case Role::good:
      return "Good";
    case Role::bad:
      return "Bad";
    default:
      return "Ask";
  }
}

std::string said(const Brief& brief) {
  std::string lead, rows;
  bool anything_wrong = false;
  for (const Sentence& sentence : brief.sentences) {
    const std::string text = sentence_html(brief, sentence);
    if (sentence.role == Role::answer) {
      lead += fmt::format("<h1>{}</h1>\n", text);
    } else if (sentence.role == Role::volume) {
      lead += fmt::format("<p class=\"volume\">{}</p>\n", text);
    } else {
      rows += fmt::format("<dt class=\"{}\">{}</dt><dd>{}</dd>\n", role_name(sentence.role),
                          role_label(sentence.role), text);
    }
    anything_wrong |= sentence.role == Role::bad;
  }
  if (!anything_wrong)
    rows += fmt::format("<dt>&nbsp;</dt><dd>{}</dd>\n", html_text(in_place_of_bad(brief)));
  return fmt::format("{}<dl class=\"said\">\n{}</dl>\n", lead, rows);
}

std::string figure_table(const Brief& brief) {
  std::string rows;
  for (std::size_t i = 0; i < brief.figures.size(); ++i) {
    const Figure& figure = brief.figures[i];
    rows += fmt::format(
        "<tr id=\"f{}\"><td class=\"num\">{}</td><td>{}</td><td class=\"num\">{}</td>"
        "<td class=\"hide\">{}</td><td><code>{}</code></td></tr>\n",
        i + 1, i + 1, html_text(figure.label), html_text(in_words(figure)),
        html_text(interval_in_words(figure)), html_text(figure.key));
  }
  return fmt::format(
      "<div class=\"wrap\"><table><caption>The figures behind it</caption><thead><tr><th "
      "scope=\"col\" class=\"num\">No.</th>"
      "<th scope=\"col\">What it says</th><th scope=\"col\" class=\"num\">Now</th>"
      "<th scope=\"col\" class=\"hide\">Between</th><th "
      "scope=\"col\">Key</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      rows);
}

std::string footer(const Brief& brief) {
  std::string sources;
  for (const Import& import : brief.sources) {
    sources += fmt::format("<br>{} ({} events, sha256 <code>{}</code>)", html_text(import.file),
                           counted(import.rows), import.sha256);
  }
  return fmt::format(
      "<footer>Where a number comes from: <code>tiebeam figure KEY --explain</code><br>Made "
      "from{}</footer>\n",
      sources);
}

}  // namespace

std::string to_html(const Brief& brief) {
  const std::string name =
      html_text(brief.organisation) + (brief.is_fictional ? " (demonstration)" : "");
  const std::string day = format_day_long(day_of(brief.as_of));
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<title>{0}, brief as of {1}</title>\n<style>{2}</style></head>\n<body>\n"
      "<header><b>{0}</b><span>As of "
      "{1}</span></header>\n<main>\n{3}{4}</main>\n{5}</body></html>\n",
      name, day, kStyle, said(brief), figure_table(brief), footer(brief));
}

}  // namespace tiebeam::briefing
