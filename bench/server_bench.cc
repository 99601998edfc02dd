#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"
#include "server/event_stream.h"
#include "server/http_listener.h"
#include "server/response_cache.h"

// What the server costs its own thread: an answer that is ready, and a tick of the stream for many
// clients. Clients run in this process on other threads or not at all while a tick is timed; what
// counts is the processor time of the loop's thread, so that other work on the machine does not.
// architecture.md asks for 50,000 answers a second, and for 10,000 clients at 4 Hz on half a core.

namespace hs {
namespace {

double loop_seconds(server::HttpLoop& loop) {
  rusage usage{};
  loop.run([&] { getrusage(RUSAGE_THREAD, &usage); });
  const auto seconds = [](const timeval& at) {
    return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int connect_to(std::uint16_t port, int number) {
  const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  HS_CHECK(client >= 0, "no socket: raise the limit of open files (ulimit -n)");
  // Another loopback address for each few thousand, as one address has only so many ports.
  sockaddr_in from{};
  from.sin_family = AF_INET;
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + static_cast<unsigned>(number) / 4000);
  HS_CHECK(::bind(client, reinterpret_cast<const sockaddr*>(&from), sizeof(from)) == 0, "bind");
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  HS_CHECK(::connect(client, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0, "connect");
  return client;
}

void say(int client, const std::string& text) {
  HS_CHECK(
      ::send(client, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()),
      "send");
}

class Handler final : public server::RequestHandler {
 public:
  void handle(std::shared_ptr<const server::Request> request, Answer answer) override {
    if (request->path() == "/events") {
      server::Response out;
      out.head = std::make_shared<const std::string>("Content-Type: text/event-stream\r\n");
      out.events = hub->connect(std::nullopt);
      return answer(std::move(out));
    }
    answer(cache.find(request->target)->answer(*request));
  }
  server::ResponseCache cache;
  std::unique_ptr<server::EventHub> hub;
};

struct Serving {
  Serving() {
    server::HttpListener::Options options;
    options.limits.requests_per_second.reset();
    options.limits.connections_per_address = 20'000;
    auto opened = server::HttpListener::open(loop, handler, options);
    HS_CHECK(opened.has_value(), "a free port");
    listener = std::move(*opened);
  }
  Handler handler;
  server::HttpLoop loop;
  std::unique_ptr<server::HttpListener> listener;
};

/// A list of 200 rows that lies ready, compressed, asked for again and again.
void BM_AnswerThatIsReady(benchmark::State& state) {
  Serving serving;
  std::string body = "{\"items\":[";
  for (int i = 0; i < 200; ++i) {
    body += "{\"bib\":\"" + std::to_string(7919 * i) + "\",\"name\":\"Runner " +
            std::to_string(i * i) + "\",\"gun_ms\":" + std::to_string(4'000'000 + 1237 * i) + "},";
  }
  const std::string target = "/api/v1/races/half/results";
  serving.handler.cache.keep(
      target, std::make_shared<const server::CachedBody>("application/json", body, ""));
  const int client = connect_to(serving.listener->port(), 0);
  const std::string request = "GET " + target +
                              " HTTP/1.1\r\nHost: results.example.org\r\n"
                              "Accept: application/json\r\nAccept-Encoding: gzip, br\r\n"
                              "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n\r\n";
  // Learns how long an answer is, then counts bytes.
  std::vector<char> room(1 << 20);
  say(client, request);
  std::string first;
  std::size_t whole = 0;
  while (whole == 0 || first.size() < whole) {
    const auto got = ::recv(client, room.data(), room.size(), 0);
    HS_CHECK(got > 0, "an answer");
    first.append(room.data(), static_cast<std::size_t>(got));
    const std::size_t head = first.find("\r\n\r\n");
    const std::size_t length = first.find("Content-Length: ");
    if (head != std::string::npos) whole = head + 4 + std::stoul(first.substr(length + 16));
  }
  constexpr int kAtOnce = 50;
  std::string many;
  for (int i = 0; i < kAtOnce; ++i) many += request;
  const double before = loop_seconds(serving.loop);
  for (auto _ : state) {
    say(client, many);
    std::size_t left = whole * kAtOnce;
    while (left > 0) {
      const auto got = ::recv(client, room.data(), std::min(room.size(), left), 0);
      HS_CHECK(got > 0, "an answer");
      left -= static_cast<std::size_t>(got);
    }
  }
  const double spent = loop_seconds(serving.loop) - before;
  const auto answers = static_cast<double>(state.iterations()) * kAtOnce;
  state.counters["us_of_loop_each"] = spent / answers * 1e6;
  state.counters["a_second_of_loop"] = answers / spent;
  ::close(client);
}
BENCHMARK(BM_AnswerThatIsReady)->Unit(benchmark::kMillisecond);

/// One tick with 20 changes for so many clients; a process of 20,000 files holds both ends of
/// 9,900.
void BM_TickOfTheStream(benchmark::State& state) {
  rlimit most{};
  getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_NOFILE, &most);
  Serving serving;
  engine::ChangeFeed feed(model::FactSeq(1), 100'000);
  serving.loop.run([&] {
    serving.handler.hub = std::make_unique<server::EventHub>(feed, server::EventHub::Options{});
  });
  std::vector<int> clients;
  for (int i = 0; i < state.range(0); ++i) {
    clients.push_back(connect_to(serving.listener->port(), i));
    say(clients.back(), "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  std::array<char, 65536> room{};
  const auto drain = [&] {
    for (const int client : clients) {
      while (::recv(client, room.data(), room.size(), MSG_DONTWAIT) > 0) {
      }
    }
  };
  for (const int client : clients) (void)::recv(client, room.data(), room.size(), 0);
  model::Change change;
  change.race = "half";
  change.bib = model::BibNumber::parse("12345").value();
  change.orders = {"half/10k", "half/10k/F", "half/10k/W30"};
  std::uint64_t seq = 1;
  double spent = 0;
  for (auto _ : state) {
    change.seq = model::FactSeq(++seq);
    feed.publish(change.seq, std::vector<model::Change>(20, change));
    const double before = loop_seconds(serving.loop);
    serving.loop.run([&] { serving.handler.hub->tick(model::FactSeq(seq)); });
    spent += loop_seconds(serving.loop) - before;
    state.PauseTiming();
    drain();
    state.ResumeTiming();
  }
  const double each = spent / static_cast<double>(state.iterations());
  state.counters["ms_of_loop_a_tick"] = each * 1e3;
  state.counters["share_of_core_at_4_hz"] = each * 4;
  for (const int client : clients) ::close(client);
}
BENCHMARK(BM_TickOfTheStream)->Arg(1'000)->Arg(9'900)->Iterations(20);

}  // namespace
}  // namespace hs
