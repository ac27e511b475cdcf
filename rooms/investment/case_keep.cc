#include "rooms/investment/case_keep.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "rooms/investment/engine/canonical.h"

namespace tiebeam::investment {

std::string keep_key(std::string_view what, const Cases& cases, const BusinessCase& one,
                     std::uint64_t seed, std::uint64_t trials) {
  return fmt::format("{} {} {} {}", what, to_hex(sha256(canonical_text(cases, one) + one.title)),
                     seed, trials);
}

std::shared_ptr<const void> CaseKeep::find(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const auto held = held_.find(key);
  if (held == held_.end()) return nullptr;
  used_.splice(used_.begin(), used_, held->second.used);
  return held->second.value;
}

void CaseKeep::put(const std::string& key, std::size_t bytes, std::shared_ptr<const void> value) {
  const std::scoped_lock lock(mutex_);
  ++made_;
  if (held_.contains(key)) return;  // another thread was faster
  used_.push_front(key);
  held_.emplace(key, Held{std::move(value), bytes, used_.begin()});
  bytes_ += bytes;
  while (bytes_ > most_bytes_ && used_.size() > 1) {
    const auto oldest = held_.find(used_.back());
    bytes_ -= oldest->second.bytes;
    held_.erase(oldest);
    used_.pop_back();
  }
}

std::size_t CaseKeep::bytes() const {
  const std::scoped_lock lock(mutex_);
  return bytes_;
}
std::size_t CaseKeep::made() const {
  const std::scoped_lock lock(mutex_);
  return made_;
}

Result<std::shared_ptr<const ValuedCase>> CaseKeep::value(const Cases& cases,
                                                          const BusinessCase& one,
                                                          std::uint64_t seed,
                                                          std::uint64_t trials) {
  constexpr std::size_t kBeside = 8192;  // figures, tornado, names
  const auto held = once<Result<ValuedCase>>(
      keep_key("value", cases, one, seed, trials), trials * sizeof(double) + kBeside, [&] {
        const Cases alone = only_of(cases, one);
        const Settings settings = settings_of(alone, seed, trials);
        return value_case(alone, alone.initiatives.front(), draw_shared(alone, settings), settings);
      });
  if (!*held) return std::unexpected(held->error());
  return std::shared_ptr<const ValuedCase>(held, &**held);
}

}  // namespace tiebeam::investment
