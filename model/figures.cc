#include "model/figures.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tiebeam {
namespace {

// A key with a part in braces stands for the figures of all records of that type.
bool is_open(std::string_view key) { return key.find('{') != std::string_view::npos; }

// What comes before the braces of an open key; all of another.
std::string_view fixed_part(std::string_view key) { return key.substr(0, key.find('{')); }

bool stands_for(std::string_view open, std::string_view key) {
  if (!is_open(open)) return open == key;
  const std::string_view before = fixed_part(open), after = open.substr(open.find('}') + 1);
  return key.size() > before.size() + after.size() && key.starts_with(before) &&
         key.ends_with(after);
}

const FigureSpec* open_spec(const FigureFamily& family, std::string_view key) {
  const auto found = std::ranges::find_if(family.figures, [&](const FigureSpec& spec) {
    return is_open(spec.key) && stands_for(spec.key, key);
  });
  return found == family.figures.end() ? nullptr : &*found;
}

void check_computed(const FigureFamily& family, const std::vector<Figure>& figures) {
  std::size_t next = 0;  // among those that are not open, which come in their order
  const auto skip_open = [&] {
    while (next < family.figures.size() && is_open(family.figures[next].key)) ++next;
  };
  for (const Figure& figure : figures) {
    skip_open();
    if (next < family.figures.size() && family.figures[next].key == figure.key) {
      ++next;
    } else {
      TB_CHECK(open_spec(family, figure.key) != nullptr,
               "figures come in the order they were declared in");
    }
  }
  skip_open();
  TB_CHECK(next == family.figures.size(), "a family computes what it declared");
}

}  // namespace

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
  if (held != index_.end()) return &families_[held->second.first];
  const auto open = std::ranges::find_if(
      families_, [&](const FigureFamily& family) { return open_spec(family, key) != nullptr; });
  return open == families_.end() ? nullptr : &*open;
}

const FigureSpec* FigureRegistry::find(std::string_view key) const {
  const auto held = index_.find(key);
  if (held != index_.end()) return &families_[held->second.first].figures[held->second.second];
  const FigureFamily* family = family_of(key);
  return family ? open_spec(*family, key) : nullptr;
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
  check_computed(family, figures);
  return by_family_.emplace(family.name, std::move(figures)).first->second;
}

const Figure* FigureBook::find(std::string_view key) const {
  const FigureFamily* family = registry_.family_of(key);
  if (!family) return nullptr;
  const auto& figures = computed(*family);
  const auto found = std::ranges::find(figures, key, &Figure::key);
  return found == figures.end() ? nullptr : &*found;  // an open key may name no record
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
    const bool wanted = std::ranges::any_of(family.figures, [&](const FigureSpec& s) {
      const std::string_view fixed = fixed_part(s.key);
      return fixed.starts_with(prefix) || (is_open(s.key) && prefix.starts_with(fixed));
    });
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
