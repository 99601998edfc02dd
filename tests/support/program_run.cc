#include "support/program_run.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/check.h"

namespace hs::test_support {
namespace {

constexpr std::chrono::milliseconds kLookEvery(5);
constexpr std::chrono::seconds kLongest(60);
constexpr int kNoProgram = 127;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

void send_to_file(int stream, const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(file, stream);
}

/// Looks again and again until `is_so`, or for a minute.
template <typename IsSo>
bool comes_true(IsSo is_so) {
  const auto end = std::chrono::steady_clock::now() + kLongest;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(kLookEvery);
  }
  return true;
}

std::vector<std::string> serve_arguments(const std::string& event,
                                         const std::vector<std::string>& more) {
  std::vector<std::string> out = {"serve",       event,      "--listen",
                                  "127.0.0.1:0", "--public", "127.0.0.1:0"};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace

bool has_program() { return std::getenv("HS_PROGRAM") != nullptr; }

ProgramRun::ProgramRun(const std::vector<std::string>& arguments) {
  std::string program = std::getenv("HS_PROGRAM");
  std::vector<std::string> words = arguments;
  std::vector<char*> list = {program.data()};
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  const pid_t test = ::getpid();
  id_ = ::fork();
  HS_CHECK(id_ >= 0, "a test could not start a process");
  if (id_ != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != test) ::_exit(kNoProgram);
  send_to_file(STDOUT_FILENO, folder_ / "output");
  send_to_file(STDERR_FILENO, folder_ / "errors");
  ::execv(program.c_str(), list.data());
  ::_exit(kNoProgram);
}

ProgramRun::~ProgramRun() {
  // Asked first: one that watches another process must end it, too.
  if (!has_ended()) (void)end(SIGTERM);
  if (!has_ended()) (void)end(SIGKILL);
}

std::string ProgramRun::output() const { return content_of(folder_ / "output"); }
std::string ProgramRun::errors() const { return content_of(folder_ / "errors"); }

bool ProgramRun::has_ended() {
  if (status_) return true;
  int status = 0;
  if (::waitpid(id_, &status, WNOHANG) == id_) status_ = status;
  return status_.has_value();
}

bool ProgramRun::says(const std::string& words, int times) {
  bool said = false;
  (void)comes_true([&] {
    const bool ended = has_ended();
    const std::string all = output();
    int found = 0;
    for (std::size_t at = all.find(words); at != std::string::npos; at = all.find(words, at + 1)) {
      ++found;
    }
    said = found >= times;
    return said || ended;
  });
  return said;
}

std::optional<int> ProgramRun::wait() {
  if (!comes_true([&] { return has_ended(); })) return std::nullopt;
  if (!WIFEXITED(*status_)) return std::nullopt;
  return WEXITSTATUS(*status_);
}

std::optional<int> ProgramRun::end(int signal) {
  if (!has_ended()) ::kill(id_, signal);
  return wait();
}

ProgramEnd run_program(const std::vector<std::string>& arguments) {
  ProgramRun run(arguments);
  ProgramEnd out;
  out.exit = run.wait();
  out.output = run.output();
  out.errors = run.errors();
  return out;
}

ServeRun::ServeRun(const std::string& event, const std::vector<std::string>& more)
    : run_(serve_arguments(event, more)) {
  is_up_ = comes_up(1);
}

bool ServeRun::comes_up(int times) { return run_.says("Ctrl-C ends it.\n", times); }

std::optional<pid_t> ServeRun::worker() const {
  const std::string id = std::to_string(run_.id());
  const std::string children = content_of("/proc/" + id + "/task/" + id + "/children");
  const int worker = std::atoi(children.c_str());
  return worker > 0 ? std::optional<pid_t>(worker) : std::nullopt;
}

void ServeRun::kill_worker() {
  const auto id = worker();
  HS_CHECK(id.has_value(), "a test found no worker");
  ::kill(*id, SIGKILL);
}

void ServeRun::sleep() {
  // Whoever watches first: it must not see the other stop.
  ::kill(run_.id(), SIGSTOP);
  if (const auto id = worker()) ::kill(*id, SIGSTOP);
}

void ServeRun::wake() {
  if (const auto id = worker()) ::kill(*id, SIGCONT);
  ::kill(run_.id(), SIGCONT);
}

std::uint16_t ServeRun::port_behind(const std::string& words) const {
  const std::string said = run_.output();
  const std::size_t at = said.rfind(words);
  if (at == std::string::npos) return 0;
  const std::size_t colon = said.find(':', at + words.size());
  return static_cast<std::uint16_t>(std::strtoul(said.c_str() + colon + 1, nullptr, 10));
}

std::string ServeRun::bearer(const std::string& role) const {
  const std::string said = run_.output();
  const std::size_t line = said.find("\n  " + role + " ");
  if (line == std::string::npos) return {};
  const std::size_t end = said.find('\n', line + 1);
  const std::size_t blank = said.rfind(' ', end);
  return "Authorization: Bearer " + said.substr(blank + 1, end - blank - 1) + "\r\n";
}

}  // namespace hs::test_support
