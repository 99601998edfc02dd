#include "evaluate/moment_recompute.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "evaluate/moment_book.h"

// Implementation notes: compares; the second way to each number is in moment_book.h.

namespace hs::evaluate {
namespace {

using model::Moment;

constexpr std::size_t kMostComplaints = 10;

void check(const char* what, const std::optional<std::int64_t>& told,
           const std::optional<std::int64_t>& right, std::int64_t slack, const Moment& moment,
           const Evidence& e, Recomputed& out) {
  if (!told) return;
  ++out.numbers;
  if (right && std::abs(*told - *right) <= slack) return;
  ++out.wrong;
  if (out.complaints.size() >= kMostComplaints) return;
  out.complaints.push_back(fmt::format("{} {}: {} of '{}' {}..{} is {}, worked out again {}",
                                       model::name_of(moment.kind), moment.id, what, e.what, e.from,
                                       e.to, *told, right ? std::to_string(*right) : "nothing"));
}

std::optional<std::int64_t> wide(const std::optional<std::uint32_t>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}
std::optional<std::int64_t> wide(const std::optional<int>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

void check_expectation(const Moment& moment, const Evidence& e, Recomputed& out) {
  if (!e.expected_seconds) return;
  ++out.expectations;
  const bool ordered =
      !e.expected_least || !e.expected_most ||
      (*e.expected_least <= *e.expected_seconds && *e.expected_seconds <= *e.expected_most);
  if (ordered) return;
  ++out.wrong;
  if (out.complaints.size() >= kMostComplaints) return;
  out.complaints.push_back(fmt::format("{} {}: an expectation outside of its own bounds",
                                       model::name_of(moment.kind), moment.id));
}

}  // namespace

Recomputed recompute(std::span<const Moment> moments, const model::EventResults& results) {
  Recomputed out;
  for (const Moment& moment : moments) {
    const Book book(moment, results);
    for (const Evidence& e : moment.evidence) {
      check_expectation(moment, e, out);
      const auto right = book.right(e);
      if (!right) {
        const bool numbers = e.seconds || e.rank_in_field || e.of || e.years || e.next_years;
        out.unknown += numbers ? 1u : 0u;
        continue;
      }
      check("seconds", e.seconds, right->seconds, right->slack, moment, e, out);
      check("rank", wide(e.rank_in_field), right->rank, right->count_slack, moment, e, out);
      check("of", wide(e.of), right->of, right->count_slack, moment, e, out);
      check("years", wide(e.years), right->years, 0, moment, e, out);
      check("next years", wide(e.next_years), right->next_years, 0, moment, e, out);
    }
  }
  return out;
}

}  // namespace hs::evaluate
