#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace hs::test_support {

/// What a shell command wrote on standard output, and its status (0: all went well).
struct ShellEnd {
  int status = -1;
  std::string output;
};

inline ShellEnd run_shell(const std::string& command) {
  ShellEnd out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char part[4096];
  for (std::size_t got = 0; (got = std::fread(part, 1, sizeof(part), pipe)) > 0;) {
    out.output.append(part, got);
  }
  out.status = pclose(pipe);
  return out;
}

inline bool is_on_path(const std::string& program) {
  return run_shell("command -v " + program + " >/dev/null").status == 0;
}

/// A variable of the environment; `otherwise` where it is not set or empty.
inline std::string environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

/// Where the scripts of a browser are.
inline std::string browser_tools() { return environment("HS_SOURCE_DIR", ".") + "/tests/e2e"; }

/// What is missing on this machine for a script in a browser; empty: nothing.
inline std::string missing_for_browser() {
  if (!is_on_path("chromium")) return "no chromium on this machine";
  if (!is_on_path("node")) return "no node on this machine";
  const bool has_modules =
      std::filesystem::exists(browser_tools() + "/node_modules/playwright-core");
  return has_modules ? "" : "run `npm ci` in tests/e2e for this test";
}

}  // namespace hs::test_support
