// SHA-256 (files, the journal's chain) and a fast 64-bit hash (identity of event rows).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tiebeam {

using Digest = std::array<std::uint8_t, 32>;
[[nodiscard]] std::string to_hex(const Digest& digest);

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(std::string_view bytes);
  [[nodiscard]] Digest finish();  // REQUIRES: called once

 private:
  struct State;
  std::unique_ptr<State> state_;
};
[[nodiscard]] Digest sha256(std::string_view bytes);

// Not cryptographic. The same on every machine: it is stored. Source: XXH3 64 bit.
[[nodiscard]] std::uint64_t row_hash(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace tiebeam
