#include "model/urgency_words.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"

namespace tiebeam {
namespace {

// Source: the priority and change schemes that Jira, ServiceNow, PagerDuty, Zendesk, GitLab and
// Azure DevOps come with, and their German, French, Spanish and Dutch words.
constexpr std::string_view kUrgent[] = {
    "critical", "urgent",    "emergency", "immediate", "blocker",    "highest",  "showstopper",
    "expedite", "expedited", "hotfix",    "outage",    "escalation", "kritisch", "dringend",
    "sofort",   "notfall",   "störung",   "critique",  "urgente",    "urgence",  "panne",
    "crítica",  "crítico",   "critica",   "critico",   "kritiek",    "spoed",    "storing"};
// As a whole word, and only in a priority: the highest level of a numbered scheme.
constexpr std::string_view kHighestLevel[] = {"0",    "1",    "p0",    "p1",    "s0", "s1",
                                              "sev0", "sev1", "prio1", "prio0", "l0"};
constexpr std::string_view kScale[] = {"p", "s", "sev", "severity", "prio", "priority", "level"};
constexpr std::string_view kNot[] = {"not", "non", "no", "nicht", "kein", "keine", "niet"};

bool parts_words(char c) {
  return std::string_view(" \t-_/.,:;()[]+#").find(c) != std::string_view::npos;
}
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : to_lower_ascii(text)) {
    if (!parts_words(c))
      out.back() += c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}
template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}
bool has_urgent_word(const std::vector<std::string>& words) {
  if (std::ranges::any_of(words, [](const auto& word) { return holds(kNot, word); })) return false;
  return std::ranges::any_of(words, [](const auto& word) { return holds(kUrgent, word); });
}

}  // namespace

bool is_urgent_type(std::string_view text) { return has_urgent_word(words_of(text)); }

bool is_urgent_priority(std::string_view text) {
  std::vector<std::string> words = words_of(text);
  if (has_urgent_word(words)) return true;
  while (words.size() > 1 && holds(kScale, words.front())) words.erase(words.begin());
  return !words.empty() && holds(kHighestLevel, words.front());
}

}  // namespace tiebeam
