// Valuations that were made, kept by the content they follow from, so that the same case is
// simulated once, however many books ask for it. Thread: any.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "rooms/investment/engine/case_value.h"

namespace tiebeam::investment {

class CaseKeep {
 public:
  // Lets go of what was asked for longest ago beyond so many bytes.
  explicit CaseKeep(std::size_t most_bytes = std::size_t{64} << 20) : most_bytes_(most_bytes) {}

  // The case alone, by its own draws. Errors: investment.too_large.
  [[nodiscard]] Result<std::shared_ptr<const ValuedCase>> value(const Cases& cases,
                                                                const BusinessCase& one,
                                                                std::uint64_t seed,
                                                                std::uint64_t trials);
  // What `make()` returns for a key, about so many bytes large. REQUIRES: one type a key.
  template <class T, class F>
  [[nodiscard]] std::shared_ptr<const T> once(const std::string& key, std::size_t bytes, F make) {
    if (auto held = find(key)) return std::static_pointer_cast<const T>(held);
    auto made = std::make_shared<const T>(make());
    put(key, bytes, made);
    return made;
  }
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t made() const;  // how many things were not found

 private:
  struct Held {
    std::shared_ptr<const void> value;
    std::size_t bytes;
    std::list<std::string>::iterator used;
  };
  [[nodiscard]] std::shared_ptr<const void> find(const std::string& key);
  void put(const std::string& key, std::size_t bytes, std::shared_ptr<const void> value);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::map<std::string, Held> held_;
  std::list<std::string> used_;  // newest first
  std::size_t bytes_ = 0, made_ = 0;
};
using KeepPtr = std::shared_ptr<CaseKeep>;

// The content of a case with seed and trials as a key.
[[nodiscard]] std::string keep_key(std::string_view what, const Cases& cases,
                                   const BusinessCase& one, std::uint64_t seed,
                                   std::uint64_t trials);

}  // namespace tiebeam::investment
