#include "app/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

namespace hs::app {

std::function<void(double)> progress_bar(const char* doing) {
  if (::isatty(STDERR_FILENO) == 0) return {};
  struct Bar {
    std::string doing;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    bool is_shown = false;
  };
  auto bar = std::make_shared<Bar>();
  bar->doing = doing;
  return [bar](double share) {
    constexpr int kWidth = 30;
    constexpr auto kQuiet = std::chrono::seconds(1);
    if (share >= 1) {
      if (bar->is_shown) std::fprintf(stderr, "\r\033[K");
      return;
    }
    if (std::chrono::steady_clock::now() - bar->began < kQuiet) return;
    bar->is_shown = true;
    const int full = std::clamp(static_cast<int>(share * kWidth), 0, kWidth);
    std::string line(static_cast<std::size_t>(full), '#');
    line.resize(kWidth, '.');
    std::fprintf(stderr, "\r%s %s %3d %%", bar->doing.c_str(), line.c_str(),
                 static_cast<int>(share * 100));
    std::fflush(stderr);
  };
}

}  // namespace hs::app
