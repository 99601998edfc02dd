// What the pages of a race cost the whole program: `homestretch serve` runs in a process of its own
// with a race of its own, over real sockets of this machine, and a crowd asks it.
//
//   HS_PROGRAM=build/release/homestretch build/release/bin/hs_page_load stream --clients 10000
//   HS_PROGRAM=build/release/homestretch build/release/bin/hs_page_load results --clients 1000
//   HS_PROGRAM=build/release/homestretch build/release/bin/hs_page_load slow --clients 10000
//
// `stream`: so many follow the public stream of changes while reads come in; how many of the ticks
// reached everybody, how late, and what share of a core it took. `results`: a list that lies ready
// is asked for again and again. The server has the first core to itself, the crowd the last. Exit 0
// when nobody was left out, 1 when somebody was, 2 for bad arguments, 3 when it could not run.
#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "support/crowd.h"
#include "support/crowd_race.h"
#include "support/http_client.h"
#include "support/process_figures.h"
#include "support/program_run.h"

namespace {

using hs::test_support::Crowd;
using hs::test_support::CrowdRace;
using hs::test_support::HttpClient;
using hs::test_support::most_megabytes;
using hs::test_support::processor_seconds;
using hs::test_support::request_text;
using hs::test_support::ServeRun;
using Instant = Crowd::Instant;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Load {
  std::size_t clients = 1000;
  int runners = 20'000;
  int seconds = 20;
  int reads = 80;     // A second, of the stream.
  int pipelined = 1;  // Requests of one connection at once.
};

/// From here on this thread, and what it starts, runs on one core.
void stay_on_core(std::size_t core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  // Where that is not allowed the figures are those of a machine that is shared.
  if (::sched_setaffinity(0, sizeof cores, &cores) != 0) std::perror("hs_page_load: cores");
}

/// The program with its race, on the first core; the caller goes on on the last.
class Served {
 public:
  explicit Served(const Load& load) : race(load.runners) {
    // Not `hardware_concurrency`: that counts the cores which are left to this thread.
    const auto cores = static_cast<std::size_t>(::sysconf(_SC_NPROCESSORS_ONLN));
    stay_on_core(0);
    const std::vector<std::string> options = {"--no-watch"};
    serve = std::make_unique<ServeRun>(race.folder(), options);
    stay_on_core(cores - 1);
  }
  CrowdRace race;
  std::unique_ptr<ServeRun> serve;
};

double ms(Instant::duration wait) {
  return std::chrono::duration<double, std::milli>(wait).count();
}

struct Waits {
  std::vector<double> all;
  [[nodiscard]] double at(double share) {
    if (all.empty()) return 0;
    const auto place =
        std::min(all.size() - 1, static_cast<std::size_t>(share * static_cast<double>(all.size())));
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(place), all.end());
    return all[place];
  }
};

/// Everybody who follows, and when each tick reached whom.
class Followers {
 public:
  explicit Followers(std::size_t clients) : unread_(clients) {}

  void heard(std::size_t client, std::string_view bytes) {
    const Instant now = std::chrono::steady_clock::now();
    std::string& unread = unread_[client];
    std::string_view text = bytes;
    if (!unread.empty()) {
      unread += bytes;
      text = unread;
    }
    std::size_t end = 0;
    while ((end = text.find("\n\n")) != std::string_view::npos) {
      take(text.substr(0, end), now);
      text.remove_prefix(end + 2);
    }
    unread = std::string(text);
  }
  /// Ticks count that reach the first of all from now on ...
  void begin() { is_counting_ = true; }
  /// ... until now.
  void close() { is_counting_ = false; }

  struct Figures {
    std::size_t ticks = 0;
    std::uint64_t told = 0;
    std::uint64_t resyncs = 0;
    Waits waits;
    /// Of all that so many were to be told.
    [[nodiscard]] double share(std::size_t followers) const {
      return static_cast<double>(told) /
             std::max(1.0, static_cast<double>(ticks) * static_cast<double>(followers));
    }
  };
  [[nodiscard]] Figures figures() {
    Figures out;
    out.ticks = counted_;
    out.resyncs = resyncs_;
    out.waits.all = waits_;
    out.told = waits_.size();
    return out;
  }

 private:
  void take(std::string_view event, Instant now) {
    if (event.find("event: resync") != std::string_view::npos) ++resyncs_;
    const std::size_t id = event.find("\nid: ");
    if (id == std::string_view::npos) return;
    const std::string mark(event.substr(id + 5, event.find('\n', id + 5) - id - 5));
    const auto [tick, is_new] = ticks_.try_emplace(mark, Tick{now, is_counting_});
    if (is_new && is_counting_) ++counted_;
    if (tick->second.counts) waits_.push_back(ms(now - tick->second.first));
  }

  struct Tick {
    Instant first;  // When the first of all had it.
    bool counts = false;
  };
  std::vector<std::string> unread_;
  std::unordered_map<std::string, Tick> ticks_;
  std::size_t counted_ = 0;
  std::vector<double> waits_;
  std::uint64_t resyncs_ = 0;
  bool is_counting_ = false;
};

int refuse(const std::string& why) {
  std::fprintf(stderr, "hs_page_load: %s\n", why.c_str());
  return 3;
}

/// Reads come in evenly over the program's own door, ten times a second, while the crowd listens.
bool feed_for(Served& served, HttpClient& door, Crowd& crowd, Followers& followers, int reads,
              seconds length) {
  constexpr milliseconds kStep{100};
  const std::string headers = served.serve->bearer("timer") + "Content-Type: text/csv\r\n";
  const auto began = std::chrono::steady_clock::now();
  int sent = 0;
  for (int step = 1; step * kStep <= length; ++step) {
    const int due = static_cast<int>(reads * (step * kStep).count() / 1000);
    if (!door.send(request_text("POST", "/api/v1/reads", headers, served.race.rows(due - sent)))) {
      return false;
    }
    sent = due;
    crowd.listen(began + step * kStep, [&](std::size_t client, std::string_view bytes) {
      followers.heard(client, bytes);
    });
    const auto answer = door.receive();
    if (!answer || answer->status != 200) return false;
  }
  return true;
}

void print(Followers::Figures& figures, std::size_t followers) {
  std::printf("delivered  %.4f %% of %zu ticks, told to resync %llu times\n",
              100 * figures.share(followers), figures.ticks,
              static_cast<unsigned long long>(figures.resyncs));
  std::printf("behind the first to have it: p50 %.1f ms  p99 %.1f ms  most %.1f ms\n",
              figures.waits.at(0.5), figures.waits.at(0.99), figures.waits.at(1));
}

int run_stream(const Load& load) {
  Served served(load);
  if (!served.serve->is_up()) return refuse(served.serve->run().errors());
  Crowd crowd(served.serve->everybody());
  const std::size_t in = crowd.join(load.clients);
  if (in < load.clients) return refuse(fmt::format("{} connections were had, no more", in));
  for (std::size_t i = 0; i < in; ++i) crowd.say(i, request_text("GET", "/events"));
  Followers followers(in);
  HttpClient door(served.serve->officials());
  constexpr seconds kWarmUp{3};
  if (!feed_for(served, door, crowd, followers, load.reads, kWarmUp)) return refuse("not fed");
  followers.begin();
  const pid_t id = served.serve->run().id();
  const double before = processor_seconds(id);
  const auto began = std::chrono::steady_clock::now();
  if (!feed_for(served, door, crowd, followers, load.reads, seconds(load.seconds))) {
    return refuse("not fed");
  }
  const double used = processor_seconds(id) - before;
  const double took = ms(std::chrono::steady_clock::now() - began) / 1000;
  followers.close();
  crowd.listen(std::chrono::steady_clock::now() + seconds(2),
               [&](std::size_t client, std::string_view bytes) { followers.heard(client, bytes); });
  auto figures = followers.figures();
  std::printf("followers  %zu, open at the end %zu; %.2f ticks a second\n", in, crowd.open(),
              static_cast<double>(figures.ticks) / took);
  print(figures, in);
  std::printf("the program: %.1f %% of a core, at most %.0f MB\n", 100 * used / took,
              most_megabytes(id));
  return figures.share(in) >= 1 && crowd.open() == in ? 0 : 1;
}

/// What the slow do in a second: half of them read a byte each.
void dawdle(Crowd& slow) {
  for (std::size_t i = 0; i < slow.size(); i += 2) (void)slow.hear(i, 1);
}

/// How many of the slow were let go: closed, or told to read anew. They read all there is, and the
/// system sends what it held for them only then, so this takes a moment.
std::size_t let_go(Crowd& slow) {
  constexpr std::size_t kMost = 64U << 10U;
  constexpr seconds kWithin{10};
  std::vector<bool> is_told(slow.size(), false);
  const auto end = std::chrono::steady_clock::now() + kWithin;
  std::size_t out = 0;
  while (out < slow.size() && std::chrono::steady_clock::now() < end) {
    out = 0;
    for (std::size_t i = 0; i < slow.size(); ++i) {
      for (std::string some = slow.hear(i, kMost); !some.empty(); some = slow.hear(i, kMost)) {
        if (some.find("event: resync") != std::string::npos) is_told[i] = true;
      }
      if (!slow.is_open(i) || is_told[i]) ++out;
    }
  }
  return out;
}

int run_slow(const Load& load) {
  constexpr std::size_t kOthers = 100;
  constexpr double kShare = 0.999;
  constexpr double kWithinMs = 250;
  constexpr double kMegabytesEach = 1.0 / 64;
  Served served(load);
  if (!served.serve->is_up()) return refuse(served.serve->run().errors());
  const pid_t id = served.serve->run().id();
  HttpClient door(served.serve->officials());
  Crowd others(served.serve->everybody());
  Crowd slow(served.serve->everybody());
  others.join(kOthers);
  Followers followers(kOthers);
  for (std::size_t i = 0; i < kOthers; ++i) others.say(i, request_text("GET", "/events"));
  if (!feed_for(served, door, others, followers, load.reads, seconds(2))) return refuse("not fed");
  const double before = most_megabytes(id);
  const std::size_t in = slow.join(load.clients, kOthers);
  if (in < load.clients) return refuse(fmt::format("{} connections were had, no more", in));
  for (std::size_t i = 0; i < in; ++i) {
    slow.say(i, request_text("GET", "/events"));
    slow.deafen(i);
  }
  followers.begin();
  for (int second = 0; second < load.seconds; ++second) {
    if (!feed_for(served, door, others, followers, load.reads, seconds(1))) {
      return refuse("not fed");
    }
    dawdle(slow);
  }
  followers.close();
  others.listen(
      std::chrono::steady_clock::now() + seconds(2),
      [&](std::size_t client, std::string_view bytes) { followers.heard(client, bytes); });
  auto figures = followers.figures();
  const std::size_t gone = let_go(slow);
  const double more = most_megabytes(id) - before;
  std::printf("slow       %zu for %d s: %zu were closed or told to resync\n", in, load.seconds,
              gone);
  std::printf("others     %zu, open at the end %zu\n", kOthers, others.open());
  print(figures, kOthers);
  std::printf("the program: %.0f MB more at most\n", more);
  const bool is_bounded = more <= kMegabytesEach * static_cast<double>(in) + 64;
  return gone == in && others.open() == kOthers && figures.share(kOthers) >= kShare &&
                 figures.waits.at(0.99) <= kWithinMs && is_bounded
             ? 0
             : 1;
}

/// Where each of the crowd is in its answers, all of which are equally long.
class Asking {
 public:
  Asking(Crowd& crowd, std::string request, std::size_t whole)
      : crowd_(crowd), request_(std::move(request)), whole_(whole), into_(crowd.size(), 0) {}

  void heard(std::size_t client, std::string_view bytes) {
    constexpr std::string_view kGood = "HTTP/1.1 200";
    std::size_t& into = into_[client];
    std::size_t ended = 0;
    while (!bytes.empty()) {
      const std::string_view head = bytes.substr(0, kGood.size());
      if (into == 0 && head != kGood.substr(0, head.size())) ++bad_;
      const std::size_t some = std::min(bytes.size(), whole_ - into);
      bytes.remove_prefix(some);
      into += some;
      if (into < whole_) continue;
      into = 0;
      ++ended;
    }
    answers_ += ended;
    std::string more;
    for (; ended > 0; --ended) more += request_;
    if (!more.empty()) crowd_.say(client, more);
  }
  [[nodiscard]] std::uint64_t answers() const { return answers_; }
  [[nodiscard]] std::uint64_t bad() const { return bad_; }

 private:
  Crowd& crowd_;
  std::string request_;
  std::size_t whole_;
  std::vector<std::size_t> into_;
  std::uint64_t answers_ = 0;
  std::uint64_t bad_ = 0;
};

int run_results(const Load& load) {
  Served served(load);
  if (!served.serve->is_up()) return refuse(served.serve->run().errors());
  const std::string request =
      request_text("GET", "/api/v1/races/10k/results",
                   "Accept: application/json\r\nAccept-Encoding: gzip, br\r\n"
                   "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n");
  HttpClient door(served.serve->officials());
  const std::string headers = served.serve->bearer("timer") + "Content-Type: text/csv\r\n";
  const auto fed = door.ask("POST", "/api/v1/reads", served.race.rows(load.runners), headers);
  if (!fed || fed->status != 200) return refuse("not fed");
  // Until the overviews and the story behind the reads are made, the state still changes.
  std::this_thread::sleep_for(seconds(5));
  HttpClient learns(served.serve->everybody());
  if (!learns.send(request)) return refuse("nobody answers");
  const auto head = learns.read_until("\r\n\r\n");
  if (!head) return refuse("nobody answers");
  const std::size_t length = std::stoul(head->substr(head->find("Content-Length: ") + 16));
  Crowd crowd(served.serve->everybody());
  const std::size_t in = crowd.join(load.clients);
  if (in < load.clients) return refuse(fmt::format("{} connections were had, no more", in));
  Asking asking(crowd, request, head->size() + length);
  const auto hear = [&](std::size_t client, std::string_view bytes) {
    asking.heard(client, bytes);
  };
  std::string first;
  for (int i = 0; i < load.pipelined; ++i) first += request;
  for (std::size_t i = 0; i < in; ++i) crowd.say(i, first);
  crowd.listen(std::chrono::steady_clock::now() + seconds(1), hear);
  const std::uint64_t already = asking.answers();
  const pid_t id = served.serve->run().id();
  const double before = processor_seconds(id);
  const double mine = processor_seconds(::getpid());
  const auto began = std::chrono::steady_clock::now();
  crowd.listen(began + seconds(load.seconds), hear);
  const double took = ms(std::chrono::steady_clock::now() - began) / 1000;
  const auto answers = static_cast<double>(asking.answers() - already);
  std::printf("asked      %zu connections, %d at once on each, %zu bytes an answer\n", in,
              load.pipelined, head->size() + length);
  std::printf("answers    %.0f a second, not as expected %llu\n", answers / took,
              static_cast<unsigned long long>(asking.bad()));
  const double used = processor_seconds(id) - before;
  std::printf("processor  %.1f us an answer: %.0f %% of a core; the crowd %.0f %% of its own\n",
              used / answers * 1e6, 100 * used / took,
              100 * (processor_seconds(::getpid()) - mine) / took);
  return asking.bad() == 0 && crowd.open() == in ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("what pages cost a running homestretch");
  program.require_subcommand(1);
  Load load;
  int exit = 0;
  const auto add = [&](const char* name, const char* what, int (*run)(const Load&)) {
    CLI::App* command = program.add_subcommand(name, what);
    command->add_option("--clients", load.clients, "how many connections")
        ->check(CLI::Range(1, 20'000));
    command->add_option("--runners", load.runners, "of the race")->check(CLI::Range(10, 100'000));
    command->add_option("--seconds", load.seconds, "how long")->check(CLI::Range(1, 600));
    command->callback([&exit, &load, run] { exit = run(load); });
    return command;
  };
  for (CLI::App* command : {add("stream", "followers of the stream of changes", run_stream),
                            add("slow", "followers who do not read", run_slow)}) {
    command->add_option("--reads", load.reads, "that come in a second")
        ->check(CLI::Range(10, 10'000));
  }
  add("results", "a list that lies ready", run_results)
      ->add_option("--pipelined", load.pipelined, "requests of one connection at once")
      ->check(CLI::Range(1, 64));
  if (!hs::test_support::has_program())
    return refuse("HS_PROGRAM does not say where the program is");
  hs::test_support::raise_open_files();
  CLI11_PARSE(program, argc, argv);
  return exit;
}
