// GET /orgs/{org}/search: records, figures and findings by words.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

constexpr std::size_t kHitsOfAKind = 8;

struct Hit {
  int rank;  // 0: begins with the words, 1: a word begins with them, 2: holds them
  std::string type, id, title, detail;
};

// How well `text` (any case) answers `words` (lower case); none when it does not.
std::optional<int> rank_of(std::string_view text, std::string_view words) {
  const std::string lower = to_lower_ascii(text);
  const std::size_t at = lower.find(words);
  if (at == std::string::npos) return std::nullopt;
  if (at == 0) return 0;
  return lower[at - 1] == ' ' || lower[at - 1] == '-' || lower[at - 1] == '.' ? 1 : 2;
}

void best_first(std::vector<Hit>& hits) {
  std::ranges::sort(hits, [](const Hit& a, const Hit& b) {
    return std::tie(a.rank, a.title, a.type, a.id) < std::tie(b.rank, b.title, b.type, b.id);
  });
  if (hits.size() > kHitsOfAKind) hits.resize(kHitsOfAKind);
}

std::vector<Hit> record_hits(World& world, View& view, std::string_view words) {
  std::vector<Hit> out;
  for (const auto& [name, type] : world.table.catalog.types()) {
    std::size_t exact = 0;  // enough of the best kind: the rest need not be looked at
    for (const Record& record : *view.records(name)) {
      auto rank = rank_of(record.name(), words);
      if (!rank) rank = rank_of(record.id(), words);
      if (!rank) continue;
      out.push_back({*rank, name, record.id(), record.name(), type.title});
      if (*rank == 0 && ++exact == kHitsOfAKind) break;
    }
  }
  best_first(out);
  return out;
}

std::vector<Hit> figure_hits(World& world, std::string_view words) {
  std::vector<Hit> out;
  for (const FigureFamily& family : world.table.figures.families()) {
    for (const FigureSpec& spec : family.figures) {
      if (spec.key.find('{') != std::string::npos) continue;  // those of records: by the records
      auto rank = rank_of(spec.label, words);
      if (!rank) rank = rank_of(spec.key, words);
      if (rank) out.push_back({*rank, family.name, spec.key, spec.label, spec.key});
    }
  }
  best_first(out);
  return out;
}

Answered search(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  const std::string words = to_lower_ascii(trim(request.param("q")));
  Json hits = Json::Array{};
  const auto add = [&](std::string_view kind, const std::vector<Hit>& found) {
    for (const Hit& hit : found)
      hits.push(Json::object({{"kind", kind},
                              {"type", hit.type},
                              {"id", hit.id},
                              {"title", hit.title},
                              {"detail", hit.detail}}));
  };
  if (!words.empty()) {
    add("figure", figure_hits(world, words));
    add("record", record_hits(world, *at.view, words));
  }
  return json_answer(Json::object({{"hits", std::move(hits)}}));
}

}  // namespace

void add_search_routes(Router& router, World& world) {
  Route route{.id = "search",
              .path = "/orgs/{org}/search",
              .summary = "Records and figures whose names hold the words",
              .query = {{"q", "what to look for", "string", true}},
              .failures = {404},
              .is_cacheable = false};
  route.handle = [&world](const Request& request) { return search(world, request); };
  router.add(std::move(route));
}

}  // namespace tiebeam::server
