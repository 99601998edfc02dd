#pragma once

namespace hs::test {

/// event.toml of a 10K from a mat "arch" to a mat "goal", gun at 10:00 UTC on 2026-05-08. Divisions
/// and sources may follow.
inline constexpr const char* kHarbourTen = R"([event]
name = "Harbour 10"
date = 2026-05-08
timezone = "UTC"
[[race]]
id = "10k"
[[race.point]]
id = "start"
distance_m = 0
mat = "arch"
[[race.point]]
id = "finish"
distance_m = 10000
mat = "goal"
[[race.wave]]
id = "A"
gun = "10:00:00"
)";

}  // namespace hs::test
