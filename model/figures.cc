#include "model/figures.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tiebeam {

void FigureRegistry::add(FigureFamily family) {
  const std::size_t at = families_.size();
  for (std::size_t i = 0; i < family.figures.size(); ++i) {
    TB_CHECK(index_.emplace(family.figures[i].key, std::pair{at, i}).second,
             "each figure key is declared once");
  }
  families_.push_back(std::move(family));
}

const FigureFamily* FigureRegistry::family_of(std::string_view key) const {
  const auto held = index_.find(key);
  return held == index_.end() ? nullptr : &families_[held->second.first];
}

const FigureSpec* FigureRegistry::find(std::string_view key) const {
  const auto held = index_.find(key);
  return held == index_.end() ? nullptr
                              : &families_[held->second.first].figures[held->second.second];
}

namespace {

// Depth-first walk over the keys that figures read; `path_` names the way that closed a circle.
class CycleSearch {
 public:
  explicit CycleSearch(const FigureRegistry& registry) : registry_(registry) {}

  Result<void> visit(const std::string& key) {
    const FigureSpec* spec = registry_.find(key);
    if (!spec) {
      return fail(
          Kind::internal, "figures.unknown_read",
          fmt::format("figure '{}' reads '{}', which no room publishes", path_.back(), key));
    }
    if (done_[key]) return {};
    const bool again = std::ranges::find(path_, key) != path_.end();
    path_.push_back(key);
    if (again) {
      return fail(
          Kind::internal, "figures.cycle",
          fmt::format("figures read each other in a circle: {}", fmt::join(path_, " reads ")));
    }
    for (const std::string& read : spec->reads) TB_DO(visit(read));
    path_.pop_back();
    done_[key] = true;
    return {};
  }

 private:
  const FigureRegistry& registry_;
  std::vector<std::string> path_;
  std::map<std::string, bool> done_;
};

}  // namespace

Result<void> FigureRegistry::check() const {
  CycleSearch search(*this);
  for (const FigureFamily& family : families_) {
    for (const FigureSpec& spec : family.figures) TB_DO(search.visit(spec.key));
  }
  return {};
}

FigureBook::FigureBook(const FigureRegistry& registry, SnapshotPtr snapshot, Asked asked)
    : registry_(registry), snapshot_(std::move(snapshot)), asked_(asked) {
  TB_CHECK(snapshot_, "a book is about a snapshot");
}

Instant FigureBook::as_of() const {
  if (asked_.as_of) return *asked_.as_of;
  const auto& fixed = snapshot_->organisation.as_of;
  return fixed ? *fixed : newest_event(*snapshot_);
}

const std::vector<Figure>& FigureBook::computed(const FigureFamily& family) const {
  const auto held = by_family_.find(family.name);
  if (held != by_family_.end()) return held->second;
  std::vector<Figure> figures = family.compute(*this);
  TB_CHECK(figures.size() == family.figures.size(), "a family computes what it declared");
  for (std::size_t i = 0; i < figures.size(); ++i) {
    TB_CHECK(figures[i].key == family.figures[i].key,
             "figures come in the order they were declared in");
  }
  return by_family_.emplace(family.name, std::move(figures)).first->second;
}

const Figure* FigureBook::find(std::string_view key) const {
  const FigureFamily* family = registry_.family_of(key);
  if (!family) return nullptr;
  const auto& figures = computed(*family);
  return &*std::ranges::find(figures, key, &Figure::key);
}

Result<Figure> FigureBook::get(std::string_view key) const {
  if (const Figure* figure = find(key)) return *figure;
  std::vector<std::string_view> keys;
  for (const FigureFamily& family : registry_.families()) {
    for (const FigureSpec& spec : family.figures) keys.push_back(spec.key);
  }
  return fail(Kind::not_found, "figures.no_key",
              fmt::format("there is no figure '{}'{}", shown(key), did_you_mean(key, keys)),
              "list them with: tiebeam figures");
}

std::vector<Figure> FigureBook::all(std::string_view prefix) const {
  std::vector<Figure> out;
  for (const FigureFamily& family : registry_.families()) {
    const bool wanted = std::ranges::any_of(
        family.figures, [&](const FigureSpec& s) { return s.key.starts_with(prefix); });
    if (!wanted) continue;
    for (const Figure& figure : computed(family)) {
      if (figure.key.starts_with(prefix)) out.push_back(figure);
    }
  }
  return out;
}

std::vector<Evidence> FigureBook::evidence(std::string_view key, std::size_t offset,
                                           std::size_t limit) const {
  const FigureFamily* family = registry_.family_of(key);
  if (!family || !family->evidence) return {};
  return family->evidence(*this, key, offset, limit);
}

}  // namespace tiebeam
