#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace hs::server {

/// What somebody at the race does.
enum class Role : std::uint8_t { Timer, Referee, Announcer };
[[nodiscard]] const char* name_of(Role role);  ///< "timer" ...
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

/// The tokens of an event: who may sign in as what. In a file beside the race file that only its
/// owner may read; of a token it holds only what proves it (scrypt, RFC 7914).
///
/// A token is "ID.SECRET". The secret has 120 random bits, so that nobody guesses it; the slow hash
/// protects it where the file gets lost.
///
/// Threads: safe from any.
class TokenFile {
 public:
  struct Entry {
    std::string id;
    Role role = Role::Announcer;
    std::string name;  ///< For people: whose it is.
    std::string salt;  ///< Hexadecimal.
    std::string hash;  ///< Hexadecimal.
  };

  /// Reads the file; none yet is no error. Errors: InvalidInput with the line, Io.
  [[nodiscard]] static base::Result<TokenFile> open(const std::string& path);

  TokenFile(TokenFile&& other) noexcept
      : path_(std::move(other.path_)), entries_(std::move(other.entries_)) {}
  TokenFile& operator=(TokenFile&&) = delete;

  /// Makes a token and gives it, for the only time. Errors: InvalidInput for a name that is empty,
  /// long or no plain text; DiskFull, Io. Cost: some 50 ms.
  [[nodiscard]] base::Result<std::string> add(Role role, const std::string& name);
  /// Errors: NotFound, DiskFull, Io.
  [[nodiscard]] base::Result<void> remove(std::string_view id);
  /// Without what proves them.
  [[nodiscard]] std::vector<Entry> list() const;

  /// Whose token it is; nothing for a wrong one. Cost: some 50 ms, right or wrong.
  [[nodiscard]] std::optional<Entry> check(std::string_view token) const;

 private:
  explicit TokenFile(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] base::Result<void> save(const std::vector<Entry>& entries) const;
  std::string path_;
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
};

/// Who asks.
struct Identity {
  Role role = Role::Announcer;
  std::string name;
  std::string csrf;
};

/// Who has signed in, and who has been guessing. All of it is gone when the program ends.
///
/// Threads: safe from any.
class Sessions {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMost = 1'000;  ///< The one unused for longest makes room.

  /// Gives the key of the cookie.
  [[nodiscard]] std::string begin(Role role, std::string name, std::string token_id, Instant now);
  /// Nothing for a key that is unknown or was not used for twelve hours.
  [[nodiscard]] std::optional<Identity> find(std::string_view key, Instant now);
  void end(std::string_view key);
  /// Ends those that began with a token which is not among these any more.
  void keep_only(const std::vector<TokenFile::Entry>& tokens);

  /// How long `address` waits for an answer to a token, by what it has got wrong lately.
  [[nodiscard]] std::chrono::milliseconds hold_for(const std::string& address, Instant now) const;
  /// True where it still waits for the last one: nothing is to be checked for it.
  [[nodiscard]] bool is_waiting(const std::string& address, Instant now) const;
  void note_wrong(const std::string& address, Instant now);
  void note_right(const std::string& address);

 private:
  struct Session {
    Identity who;
    std::string token_id;
    Instant used;
  };
  struct Guesses {
    int wrong = 0;
    Instant last;
  };
  [[nodiscard]] static std::chrono::milliseconds hold_of(const Guesses& guesses);
  void make_room();
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Session> sessions_;
  std::unordered_map<std::string, Guesses> guesses_;
};

/// `bytes` random bytes of the operating system as hexadecimal digits.
[[nodiscard]] std::string random_hex(std::size_t bytes);

/// Compares in a time that says nothing about where they differ.
[[nodiscard]] bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace hs::server
