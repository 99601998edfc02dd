#pragma once

#include <cstdio>
#include <fstream>
#include <string>

#include "support/harbour_ten.h"
#include "support/temp_folder.h"

namespace hs::test_support {

/// A race of many for a served crowd: an event folder, and reads that each change what is shown.
class CrowdRace {
 public:
  explicit CrowdRace(int runners) : runners_(runners) {
    std::ofstream(folder_ / "event.toml", std::ios::binary) << test::kHarbourTen;
    std::ofstream entrants(folder_ / "entrants.csv", std::ios::binary);
    entrants << "bib,chips,name,sex,age,race,wave\n";
    for (int i = 0; i < runners; ++i) {
      entrants << i + 1 << ",C" << i + 1 << ",Runner Nr" << i + 1 << "," << (i % 2 == 0 ? "F" : "M")
               << "," << 20 + i % 60 << ",10k,A\n";
    }
  }

  [[nodiscard]] std::string folder() const { return folder_.path(); }

  /// The next `count` reads as rows for `POST /api/v1/reads`: everybody starts, then everybody
  /// finishes; no two at one time. Behind that there are none.
  [[nodiscard]] std::string rows(int count) {
    std::string out = "mat,tag,time\n";
    for (; count > 0 && next_ < 2 * runners_; --count, ++next_) {
      const bool is_start = next_ < runners_;
      const int ms = (is_start ? 1000 : 2'400'000) + (next_ % runners_) * 20;
      char time[40];
      std::snprintf(time, sizeof time, "2026-05-08T%02d:%02d:%02d.%03dZ", 10 + ms / 3'600'000,
                    ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
      out += std::string(is_start ? "arch" : "goal") + ",C" + std::to_string(next_ % runners_ + 1) +
             "," + time + "\n";
    }
    return out;
  }

 private:
  test::TempFolder folder_;
  int runners_;
  int next_ = 0;
};

/// An HTTP request as text, with a body where there is one.
inline std::string request_text(const std::string& method, const std::string& target,
                                const std::string& headers = {}, const std::string& body = {}) {
  std::string out = method + " " + target + " HTTP/1.1\r\nHost: test\r\n" + headers;
  if (!body.empty()) out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return out + "\r\n" + body;
}

}  // namespace hs::test_support
