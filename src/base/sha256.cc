#include "base/sha256.h"

#include <openssl/evp.h>

#include "base/check.h"

// Implementation notes: libcrypto's EVP interface picks the processor's SHA instructions where
// there are some. Its calls fail only when memory is out, which is not survivable here.

namespace hs::base {
namespace {

/// Looked up once: libcrypto 3 takes a lock for it, which costs more than hashing a short text.
const EVP_MD* algorithm() {
  static const EVP_MD* const kFound = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kFound;
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
  void start() {
    HS_CHECK(context != nullptr && EVP_DigestInit_ex(context, algorithm(), nullptr) == 1,
             "libcrypto gave no SHA-256");
  }
};

Sha256::Sha256() : state_(std::make_unique<State>()) { state_->start(); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  HS_CHECK(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "SHA-256 failed");
}

Digest Sha256::finish() {
  Digest out{};
  unsigned size = 0;
  HS_CHECK(EVP_DigestFinal_ex(state_->context, out.data(), &size) == 1 && size == out.size(),
           "SHA-256 failed");
  state_->start();
  return out;
}

Digest sha256(std::string_view bytes) {
  thread_local Sha256 hash;  // Making one allocates; identities are hashed by the million.
  hash.add(bytes);
  return hash.finish();
}

std::string to_hex(const Digest& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(digest.size() * 2);
  for (const std::uint8_t byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace hs::base
