#include "server/access.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "base/check.h"
#include "base/file.h"
#include "base/io_error.h"
#include "model/json.h"
#include "present/json_out.h"

namespace hs::server {
namespace {

using base::Result;

// 16 MiB and some 50 ms a check, as RFC 7914 advises for signing in.
constexpr std::uint64_t kScryptN = 1u << 14;
constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 1;
constexpr std::uint64_t kScryptMemory = 64u << 20;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kSecretBytes = 15;
constexpr std::size_t kNameBytes = 60;
constexpr std::chrono::hours kUnused{12};
constexpr std::chrono::minutes kGuessesForgotten{15};
constexpr std::size_t kMostGuessers = 10'000;

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
  }
  return out;
}

std::string hash_of(std::string_view secret, std::string_view salt) {
  std::array<unsigned char, kHashBytes> out{};
  const int done = EVP_PBE_scrypt(
      secret.data(), secret.size(), reinterpret_cast<const unsigned char*>(salt.data()),
      salt.size(), kScryptN, kScryptR, kScryptP, kScryptMemory, out.data(), out.size());
  HS_CHECK(done == 1, "scrypt with fixed parameters");
  return to_hex(out.data(), out.size());
}

std::string line_of(const TokenFile::Entry& entry) {
  present::JsonOut out;
  out.begin_object();
  out.text_of("id", entry.id);
  out.text_of("role", name_of(entry.role));
  out.text_of("name", entry.name);
  out.text_of("salt", entry.salt);
  out.text_of("hash", entry.hash);
  out.end_object();
  return out.take() + "\n";
}

Result<TokenFile::Entry> read_entry(std::string_view line) {
  HS_TRY(const model::JsonValue json, model::parse_json(line));
  TokenFile::Entry out;
  bool has_role = false;
  for (const model::JsonMember& member : json.members) {
    const std::string text(member.value.text);
    if (member.key == "id") out.id = text;
    if (member.key == "name") out.name = text;
    if (member.key == "salt") out.salt = text;
    if (member.key == "hash") out.hash = text;
    if (member.key == "role") {
      const auto role = parse_role(text);
      has_role = role.has_value();
      out.role = role.value_or(Role::Announcer);
    }
  }
  if (out.id.empty() || out.salt.empty() || out.hash.size() != 2 * kHashBytes || !has_role) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found no whole token, expected id, role, name, salt and hash");
  }
  return out;
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytes &&
         std::none_of(name.begin(), name.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// Like `base::write_file`, for the owner's eyes alone from the first byte on.
Result<void> write_secret(const std::string& path, std::string_view bytes) {
  const std::string fresh = path + ".new";
  (void)::unlink(fresh.c_str());
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return base::io_error(fresh, errno, "write");
  bool done = true;
  while (done && !bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    done = written > 0;
    if (done) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  done = done && ::fsync(file) == 0;
  int number = errno;
  if (::close(file) != 0 && done) {
    done = false;
    number = errno;
  }
  if (done && ::rename(fresh.c_str(), path.c_str()) == 0) return {};
  if (done) number = errno;
  (void)::unlink(fresh.c_str());
  return base::io_error(path, number, "write");
}

}  // namespace

const char* name_of(Role role) {
  switch (role) {
    case Role::Timer:
      return "timer";
    case Role::Referee:
      return "referee";
    case Role::Announcer:
      return "announcer";
  }
  return "";
}

std::optional<Role> parse_role(std::string_view text) {
  for (const Role role : {Role::Timer, Role::Referee, Role::Announcer}) {
    if (text == name_of(role)) return role;
  }
  return std::nullopt;
}

std::string random_hex(std::size_t bytes) {
  std::string room(bytes, '\0');
  auto* raw = reinterpret_cast<unsigned char*>(room.data());
  HS_CHECK(RAND_bytes(raw, static_cast<int>(bytes)) == 1, "no random bytes");
  return to_hex(raw, bytes);
}

bool is_same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<TokenFile> TokenFile::open(const std::string& path) {
  TokenFile out(path);
  const auto text = base::read_file(path);
  if (!text && text.error().code == base::ErrorCode::NotFound) return out;
  if (!text) return tl::make_unexpected(text.error());
  std::string_view rest = *text;
  for (int line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    auto entry = end == 0 ? Result<Entry>(Entry()) : read_entry(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!entry) {
      return base::fail(base::ErrorCode::InvalidInput, entry.error().message, {path, line, 0});
    }
    if (!entry->id.empty()) out.entries_.push_back(std::move(*entry));
  }
  return out;
}

Result<void> TokenFile::save(const std::vector<Entry>& entries) const {
  std::string text;
  for (const Entry& entry : entries) text += line_of(entry);
  return write_secret(path_, text);
}

Result<std::string> TokenFile::add(Role role, const std::string& name) {
  if (!is_plain_name(name)) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found no name, expected 1 to " + std::to_string(kNameBytes) +
                          " characters on one line: whose token it is");
  }
  Entry entry{random_hex(kIdBytes), role, name, random_hex(kSaltBytes), {}};
  const std::string secret = random_hex(kSecretBytes);
  entry.hash = hash_of(secret, entry.salt);
  const std::lock_guard lock(mutex_);
  std::vector<Entry> all = entries_;
  all.push_back(entry);
  HS_TRY_VOID(save(all));
  entries_ = std::move(all);
  return entry.id + "." + secret;
}

Result<void> TokenFile::remove(std::string_view id) {
  const std::lock_guard lock(mutex_);
  std::vector<Entry> all = entries_;
  std::erase_if(all, [&](const Entry& entry) { return entry.id == id; });
  if (all.size() == entries_.size()) {
    return base::fail(base::ErrorCode::NotFound, "no token '" + std::string(id.substr(0, 40)) +
                                                     "': `token EVENT list` shows them");
  }
  HS_TRY_VOID(save(all));
  entries_ = std::move(all);
  return {};
}

std::vector<TokenFile::Entry> TokenFile::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<Entry> out = entries_;
  for (Entry& entry : out) entry.salt = entry.hash = {};
  return out;
}

std::optional<TokenFile::Entry> TokenFile::check(std::string_view token) const {
  const std::size_t dot = std::min(token.find('.'), token.size());
  const std::string_view id = token.substr(0, dot);
  const std::string_view secret = token.substr(std::min(dot + 1, token.size()));
  // Where nobody has the id, as much is computed, so that the time says nothing.
  Entry found{{}, Role::Announcer, {}, std::string(2 * kSaltBytes, '0'), {}};
  {
    const std::lock_guard lock(mutex_);
    for (const Entry& entry : entries_) {
      if (entry.id == id) found = entry;
    }
  }
  const std::string hash = hash_of(secret, found.salt);
  if (found.id.empty() || !is_same_secret(hash, found.hash)) return std::nullopt;
  found.salt = found.hash = {};
  return found;
}

std::string Sessions::begin(Role role, std::string name, std::string token_id, Instant now) {
  const std::string key = random_hex(32);
  const std::lock_guard lock(mutex_);
  if (sessions_.size() >= kMost) make_room();
  sessions_[key] = {{role, std::move(name), random_hex(16)}, std::move(token_id), now};
  return key;
}

void Sessions::make_room() {
  const auto oldest =
      std::min_element(sessions_.begin(), sessions_.end(),
                       [](const auto& a, const auto& b) { return a.second.used < b.second.used; });
  if (oldest != sessions_.end()) sessions_.erase(oldest);
}

std::optional<Identity> Sessions::find(std::string_view key, Instant now) {
  const std::lock_guard lock(mutex_);
  // The key has 256 random bits; what a map's time says of it helps nobody.
  const auto found = sessions_.find(std::string(key));
  if (found == sessions_.end()) return std::nullopt;
  if (now - found->second.used > kUnused) {
    sessions_.erase(found);
    return std::nullopt;
  }
  found->second.used = now;
  return found->second.who;
}

void Sessions::end(std::string_view key) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(std::string(key));
}

void Sessions::keep_only(const std::vector<TokenFile::Entry>& tokens) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& one) {
    return std::none_of(tokens.begin(), tokens.end(), [&](const TokenFile::Entry& entry) {
      return entry.id == one.second.token_id;
    });
  });
}

std::chrono::milliseconds Sessions::hold_of(const Guesses& guesses) {
  constexpr std::chrono::milliseconds kFirst{250};
  constexpr int kMostDoublings = 7;  // 32 s.
  if (guesses.wrong == 0) return {};
  return kFirst * (1 << std::min(guesses.wrong - 1, kMostDoublings));
}

std::chrono::milliseconds Sessions::hold_for(const std::string& address, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = guesses_.find(address);
  if (found == guesses_.end() || now - found->second.last > kGuessesForgotten) return {};
  return hold_of(found->second);
}

bool Sessions::is_waiting(const std::string& address, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = guesses_.find(address);
  return found != guesses_.end() && now < found->second.last + hold_of(found->second);
}

void Sessions::note_wrong(const std::string& address, Instant now) {
  const std::lock_guard lock(mutex_);
  if (guesses_.size() >= kMostGuessers) {
    std::erase_if(guesses_,
                  [&](const auto& one) { return now - one.second.last > kGuessesForgotten; });
    // Rather forget whom one may be slow to than grow without end.
    if (guesses_.size() >= kMostGuessers) guesses_.clear();
  }
  Guesses& guesses = guesses_[address];
  if (now - guesses.last > kGuessesForgotten) guesses.wrong = 0;
  ++guesses.wrong;
  guesses.last = now;
}

void Sessions::note_right(const std::string& address) {
  const std::lock_guard lock(mutex_);
  guesses_.erase(address);
}

}  // namespace hs::server
