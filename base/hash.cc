#include "base/hash.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#define XXH_INLINE_ALL  // a call for each row would cost more than its hash
#include <xxhash.h>

#include "base/error.h"

namespace tiebeam {

std::string to_hex(const Digest& digest) {
  std::string out;
  for (const std::uint8_t byte : digest) out += fmt::format("{:02x}", byte);
  return out;
}

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() {
    TB_CHECK(context && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1,
             "SHA-256 is always there");
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  TB_CHECK(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1,
           "hashing cannot fail");
}

Digest Sha256::finish() {
  Digest digest{};
  TB_CHECK(EVP_DigestFinal_ex(state_->context, digest.data(), nullptr) == 1, "called once");
  return digest;
}

Digest sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

std::uint64_t row_hash(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace tiebeam
