#include "support/process_figures.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace hs::test_support {
namespace {

/// A line of /proc/ID/status, "VmRSS:   1234 kB", in megabytes.
double status_megabytes(pid_t id, const std::string& name) {
  std::ifstream file("/proc/" + std::to_string(id) + "/status");
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind(name + ":", 0) == 0) return std::stod(line.substr(name.size() + 1)) / 1024;
  }
  return 0;
}

}  // namespace

double processor_seconds(pid_t id) {
  std::ifstream file("/proc/" + std::to_string(id) + "/stat");
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  // Behind the name, which may hold anything: state and ten numbers, then user and system.
  std::istringstream rest(all.substr(std::min(all.rfind(')') + 1, all.size())));
  std::string word;
  for (int i = 0; i < 11; ++i) rest >> word;
  double user = 0;
  double system = 0;
  rest >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double resident_megabytes(pid_t id) { return status_megabytes(id, "VmRSS"); }
double most_megabytes(pid_t id) { return status_megabytes(id, "VmHWM"); }

}  // namespace hs::test_support
