// GET /orgs/{org}/figures, /figures/{key}, /figures/{key}/rows
#include <fmt/format.h>

#include "base/text.h"
#include "model/figure_json.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

constexpr std::size_t kRowsShown = 20;

using BookPtr = std::shared_ptr<const FigureBook>;

Result<std::vector<Figure>> wanted(const FigureBook& book, const Request& request) {
  if (!request.has_param("keys")) return book.all(request.param("prefix"));
  std::vector<Figure> out;
  for (const std::string_view key : split_at(request.param("keys"), ',')) {
    TB_TRY(Figure figure, book.get(key));
    out.push_back(std::move(figure));
  }
  return out;
}

Answered list(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Asked asked, asked_of(request));
  return at.view->with_book(asked, [&](const BookPtr& book) -> Answered {
    TB_TRY(const std::vector<Figure> figures, wanted(*book, request));
    Json rows = Json::Array{};
    for (const Figure& figure : figures) rows.push(to_json(figure));
    return json_answer(
        Json::object({{"figures", std::move(rows)}, {"as_of", format_instant(book->as_of())}}));
  });
}

Json rows_json(const FigureBook& book, const std::vector<Evidence>& rows, std::size_t limit) {
  Json out = Json::Array{};
  for (std::size_t i = 0; i < rows.size() && i < limit; ++i)
    out.push(to_json(rows[i], book.snapshot()));
  return out;
}

Answered show(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Asked asked, asked_of(request));
  TB_TRY(const bool is_explained, flag_of(request, "explain"));
  const std::string& key = request.capture("key");
  return at.view->with_book(asked, [&](const BookPtr& book) -> Answered {
    TB_TRY(const Figure figure, book->get(key));
    Json out = to_json(figure);
    if (is_explained) {
      out.set("rows", rows_json(*book, book->evidence(key, 0, kRowsShown), kRowsShown));
      out.set("recompute",
              fmt::format("tiebeam figure {} --explain{}", key, options_text(world, request)));
    }
    return json_answer(out);
  });
}

Answered rows(World& world, const Request& request) {
  TB_TRY(const Seated at, seated(world, request));
  TB_TRY(const Asked asked, asked_of(request));
  TB_TRY(const std::int64_t offset, number_of(request, "offset", 0, 0, std::int64_t{1} << 40));
  TB_TRY(const std::int64_t limit, number_of(request, "limit", 50, 1, 1000));
  return at.view->with_book(asked, [&](const BookPtr& book) -> Answered {
    TB_TRY([[maybe_unused]] const Figure figure, book->get(request.capture("key")));
    const auto first = static_cast<std::size_t>(offset), count = static_cast<std::size_t>(limit);
    const std::vector<Evidence> found = book->evidence(request.capture("key"), first, count + 1);
    return json_answer(
        Json::object({{"rows", rows_json(*book, found, count)},
                      {"offset", offset},
                      {"next", found.size() > count ? Json(offset + limit) : Json()}}));
  });
}

std::vector<Param> with_window(std::vector<Param> own) {
  for (Param& each : window_params()) own.push_back(std::move(each));
  return own;
}

}  // namespace

void add_figure_routes(Router& router, World& world) {
  Route all{.id = "figures.list",
            .path = "/orgs/{org}/figures",
            .summary = "Figures by the beginning of their keys, or by their keys",
            .query = with_window({{"prefix", "only keys that start so"},
                                  {"keys", "just these, separated by commas"}}),
            .failures = {404}};
  all.handle = [&world](const Request& request) { return list(world, request); };
  router.add(std::move(all));
  Route one{
      .id = "figures.get",
      .path = "/orgs/{org}/figures/{key}",
      .summary =
          "One figure; with explain=1 its first source rows and the command that recomputes it",
      .query = with_window({{"explain", "1: with rows and command"}}),
      .failures = {404}};
  one.handle = [&world](const Request& request) { return show(world, request); };
  router.add(std::move(one));
  Route under{.id = "figures.rows",
              .path = "/orgs/{org}/figures/{key}/rows",
              .summary = "The source rows under a figure, paged",
              .query = with_window({{"offset", "skip so many", "integer"},
                                    {"limit", "how many, at most 1000", "integer"}}),
              .failures = {404}};
  under.handle = [&world](const Request& request) { return rows(world, request); };
  router.add(std::move(under));
}

}  // namespace tiebeam::server
