#include "support/log_facts.h"

#include "base/sha256.h"

namespace hs::test {

LogFacts& LogFacts::add(const std::string& body, const std::string& personal) {
  entries_.push_back({body, personal, std::nullopt, 0});
  return *this;
}

LogFacts& LogFacts::add_named(std::uint64_t name, std::uint32_t mark, const std::string& body) {
  entries_.push_back({body, {}, named(name), mark});
  return *this;
}

std::vector<log::NewFact> LogFacts::facts() const {
  std::vector<log::NewFact> out;
  for (const Entry& entry : entries_) {
    const auto kind = entry.identity ? model::FactKind::Read : model::FactKind::Note;
    out.push_back({kind, entry.body, entry.personal, entry.identity, entry.mark});
  }
  return out;
}

model::Identity named(std::uint64_t name) {
  const base::Digest digest = base::sha256(std::to_string(name));
  model::Identity out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = digest[i];
  return out;
}

std::vector<std::string> contents(const log::RaceFile& file) {
  std::vector<std::string> out;
  const auto done = file.replay([&](const log::StoredFact& fact) {
    out.push_back(std::to_string(fact.seq.raw()) + ":" +
                  std::to_string(static_cast<int>(fact.kind)) + ":" + std::string(fact.body) + ":" +
                  std::string(fact.personal));
    return base::Result<void>();
  });
  if (!done) out.push_back(done.error().text());
  return out;
}

}  // namespace hs::test
