#include "server/http_listener.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "server/event_stream.h"
#include "server/rate_limit.h"
#include "support/http_client.h"

namespace hs::server {
namespace {

using test_support::HttpAnswer;
using test_support::HttpClient;

/// Says back what it was asked; "/later" from another thread, "/events" as a stream.
class Echo final : public RequestHandler {
 public:
  ~Echo() override {
    for (std::thread& thread : threads_) thread.join();
  }
  void handle(std::shared_ptr<const Request> request, Answer answer) override {
    if (request->path() == "/events") {
      Response response = respond(200, "text/event-stream", {});
      response.head = std::make_shared<const std::string>("Content-Type: text/event-stream\r\n");
      response.events = hub->connect(std::nullopt);
      return answer(std::move(response));
    }
    if (request->path() == "/later") {
      threads_.emplace_back(
          [answer = std::move(answer)] { answer(respond(200, "text/plain", "later")); });
      return;
    }
    answer(respond(200, "text/plain",
                   request->target + "|" + request->body + "|" + request->address +
                       (request->is_over_tls ? "|tls" : "")));
  }
  std::unique_ptr<EventHub> hub;

 private:
  std::vector<std::thread> threads_;
};

/// A listener on a free port, with its loop.
struct Listening {
  explicit Listening(const HttpListener::Options& options = {}) {
    auto opened = HttpListener::open(loop, echo, options);
    EXPECT_TRUE(opened.has_value());
    listener = std::move(*opened);
  }
  [[nodiscard]] std::uint16_t port() const { return listener->port(); }
  Echo echo;
  HttpLoop loop;
  std::unique_ptr<HttpListener> listener;
};

TEST(HttpListener, AnswersOneRequestAfterTheOtherOnOneConnection) {
  Listening server;
  HttpClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.ask("POST", "/a?b=" + std::to_string(i), "hello");
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "/a?b=" + std::to_string(i) + "|hello|127.0.0.1");
    EXPECT_EQ(answer->headers.at("date").substr(25), " GMT");
  }
  EXPECT_EQ(client.get("/later")->body, "later");
  EXPECT_EQ(server.listener->connections(), 1u);
}

TEST(HttpListener, RequestsSentAtOnceAreAnsweredInTheirOrder) {
  Listening server;
  HttpClient client(server.port());
  std::string all;
  for (int i = 0; i < 20; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.receive()->body, "/" + std::to_string(i) + "||127.0.0.1");
  }
}

TEST(HttpListener, AHeadHasNoBodyAndTheNextRequestIsUnderstood) {
  Listening server;
  HttpClient client(server.port());
  const auto head = client.ask("HEAD", "/x");
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->headers.at("content-length"), "13");
  EXPECT_EQ(client.get("/y")->body, "/y||127.0.0.1");
}

TEST(HttpListener, WhatIsNoRequestIsRefusedAndEndsOnlyThatConnection) {
  Listening server;
  HttpClient good(server.port());
  ASSERT_TRUE(good.get("/").has_value());
  for (const char* rubbish : {"\x16\x03\x01\x02\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9\r\n\r\n",
                              "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
    HttpClient bad(server.port());
    ASSERT_TRUE(bad.send(rubbish));
    const auto answer = bad.receive();
    ASSERT_TRUE(answer.has_value()) << rubbish;
    EXPECT_EQ(answer->status, 400) << rubbish;
    EXPECT_EQ(answer->headers.at("content-type"), "application/problem+json");
    EXPECT_TRUE(bad.is_ended());
  }
  EXPECT_EQ(good.get("/")->status, 200);
}

TEST(HttpListener, TooLargeAHeaderOrBodyIsRefused) {
  HttpListener::Options options;
  options.limits.body_bytes = 1000;
  Listening server(options);
  HttpClient header(server.port());
  ASSERT_TRUE(header.send("GET / HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n\r\n"));
  EXPECT_EQ(header.receive()->status, 431);
  HttpClient body(server.port());
  EXPECT_EQ(body.ask("POST", "/", std::string(1001, 'x'))->status, 413);
}

TEST(HttpListener, WhoAsksTooOftenWaitsAndIsServedAgain) {
  HttpListener::Options options;
  options.limits.requests_per_second = 0.001;
  options.limits.requests_at_once = 3;
  Listening server(options);
  HttpClient client(server.port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/")->status, 200);
  const auto refused = client.get("/");
  EXPECT_EQ(refused->status, 429);
  EXPECT_EQ(refused->headers.at("retry-after"), "1");
}

TEST(HttpListener, BehindAProxyTheClientCountsAndNotTheProxy) {
  HttpListener::Options options;
  options.limits.requests_per_second = 0.001;
  options.limits.requests_at_once = 1;
  options.forwarded_for = ForwardedFor::TrustLoopback;
  Listening server(options);
  HttpClient client(server.port());
  const auto from = [&](const char* chain) {
    return client.get("/", std::string("X-Forwarded-For: ") + chain + "\r\n");
  };
  EXPECT_EQ(from("9.9.9.9, 10.0.0.1")->body, "/||10.0.0.1");
  EXPECT_EQ(from("8.8.8.8, 10.0.0.1")->status, 429);
  EXPECT_EQ(from("10.0.0.2")->status, 200);
  // A proxy that adds a line of its own behind what the client made up.
  EXPECT_EQ(from("7.7.7.7\r\nX-Forwarded-For: 10.0.0.3")->body, "/||10.0.0.3");
  EXPECT_EQ(from("6.6.6.6\r\nX-Forwarded-For: 10.0.0.3")->status, 429);
}

TEST(HttpListener, OnlyATrustedProxySaysThatTlsWasSpoken) {
  const auto said = [](ForwardedFor trust, const std::string& headers) {
    HttpListener::Options options;
    options.forwarded_for = trust;
    Listening server(options);
    return HttpClient(server.port()).get("/", headers)->body;
  };
  const std::string https = "X-Forwarded-Proto: https\r\n";
  EXPECT_EQ(said(ForwardedFor::TrustLoopback, https), "/||127.0.0.1|tls");
  EXPECT_EQ(said(ForwardedFor::TrustLoopback, "X-Forwarded-Proto: http\r\n"), "/||127.0.0.1");
  EXPECT_EQ(said(ForwardedFor::TrustLoopback, ""), "/||127.0.0.1");
  // What the client made up stands in front of what the proxy saw.
  EXPECT_EQ(said(ForwardedFor::TrustLoopback, "X-Forwarded-Proto: https, http\r\n"),
            "/||127.0.0.1");
  EXPECT_EQ(said(ForwardedFor::Ignore, https), "/||127.0.0.1");
}

TEST(HttpListener, ThisMachineIsTheSameOverBothProtocols) {
  HttpListener::Options options;
  options.address = "::";
  options.forwarded_for = ForwardedFor::TrustLoopback;
  HttpLoop loop;
  Echo echo;
  const auto listener = HttpListener::open(loop, echo, options);
  if (!listener) GTEST_SKIP() << "no IPv6 here: " << listener.error().message;
  HttpClient client((*listener)->port());  // To 127.0.0.1, which arrives as ::ffff:127.0.0.1.
  EXPECT_EQ(client.get("/")->body, "/||127.0.0.1");
  EXPECT_EQ(client.get("/", "X-Forwarded-For: 10.0.0.4\r\n")->body, "/||10.0.0.4");
}

TEST(HttpListener, AProxyHoldsTheConnectionsOfEverybody) {
  HttpListener::Options options;
  options.limits.connections_per_address = 1;
  options.forwarded_for = ForwardedFor::TrustLoopback;
  Listening server(options);
  HttpClient first(server.port());
  EXPECT_TRUE(first.get("/").has_value());
  HttpClient second(server.port());
  EXPECT_TRUE(second.get("/").has_value());
}

TEST(HttpListener, OneAddressMayHoldOnlySoManyConnections) {
  HttpListener::Options options;
  options.limits.connections_per_address = 2;
  Listening server(options);
  HttpClient a(server.port());
  ASSERT_TRUE(a.get("/").has_value());
  {
    HttpClient b(server.port());
    ASSERT_TRUE(b.get("/").has_value());
    HttpClient c(server.port());
    EXPECT_TRUE(c.is_ended());
  }
  // The room of one that has gone is there again, once the server has seen it go.
  while (server.listener->connections() > 1) std::this_thread::yield();
  HttpClient d(server.port());
  EXPECT_TRUE(d.get("/").has_value());
}

TEST(HttpListener, WhoIsSilentLosesTheConnection) {
  HttpListener::Options options;
  options.limits.request_within = std::chrono::seconds(0);
  Listening server(options);
  HttpClient client(server.port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHo"));
  EXPECT_TRUE(client.is_ended());
}

TEST(HttpListener, ATakenPortIsSaid) {
  Listening server;
  HttpLoop loop;
  Echo echo;
  HttpListener::Options options;
  options.port = server.port();
  const auto second = HttpListener::open(loop, echo, options);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, base::ErrorCode::Busy);
  EXPECT_NE(second.error().message.find("taken"), std::string::npos);
  options.address = "localhost!";
  EXPECT_EQ(HttpListener::open(loop, echo, options).error().code, base::ErrorCode::InvalidInput);
}

TEST(HttpListener, ItsEndEndsConnectionsThatWait) {
  Listening server;
  HttpClient client(server.port());
  ASSERT_TRUE(client.get("/").has_value());
  server.listener.reset();
  EXPECT_TRUE(client.is_ended());
}

TEST(HttpListener, AddressesAreReadAsPeopleWriteThem) {
  EXPECT_EQ(parse_listen_address("0.0.0.0:80")->port, 80);
  EXPECT_EQ(parse_listen_address("8261")->address, "127.0.0.1");
  EXPECT_EQ(parse_listen_address("[::1]:8261")->address, "::1");
  for (const char* wrong : {"", "host:80", "1.2.3.4:", "1.2.3.4:70000", "1.2.3.4:8x"}) {
    EXPECT_FALSE(parse_listen_address(wrong).has_value()) << wrong;
  }
}

TEST(HttpListener, AClientOfAStreamReadsWhatChangedAndLeaves) {
  engine::ChangeFeed feed(model::FactSeq(10), 100);
  Listening server;
  server.loop.run([&] { server.echo.hub = std::make_unique<EventHub>(feed, EventHub::Options{}); });
  {
    HttpClient client(server.port());
    ASSERT_TRUE(client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n"));
    ASSERT_TRUE(client.read_until("retry: 2000\n\n").has_value());
    model::Change change;
    change.seq = model::FactSeq(11);
    change.race = "half";
    change.orders = {"half/10k"};
    feed.publish(model::FactSeq(11), {change});
    server.loop.run([&] { server.echo.hub->tick(model::FactSeq(11)); });
    const auto event = client.read_until("\n\n");
    ASSERT_TRUE(event.has_value());
    EXPECT_EQ(*event,
              "event: changes\nid: 11\ndata: [{\"seq\":11,\"at\":\"1970-01-01T00:00:00Z\","
              "\"race\":\"half\",\"kind\":\"split\",\"orders\":[\"half/10k\"]}]\n\n");
    server.loop.run([&] { server.echo.hub->keep_alive(); });
    EXPECT_TRUE(client.read_until(": \n\n").has_value());
  }
  while (server.listener->connections() > 0) std::this_thread::yield();
  std::size_t clients = 1;
  server.loop.run([&] { clients = server.echo.hub->clients(); });
  EXPECT_EQ(clients, 0u);
}

TEST(RateLimit, ABucketFillsAgainWithTime) {
  RateLimit limit(2, 2);
  const RateLimit::Instant now{};
  EXPECT_TRUE(limit.take("a", now));
  EXPECT_TRUE(limit.take("a", now));
  EXPECT_FALSE(limit.take("a", now));
  EXPECT_TRUE(limit.take("b", now));
  EXPECT_FALSE(limit.take("a", now + std::chrono::milliseconds(400)));
  EXPECT_TRUE(limit.take("a", now + std::chrono::milliseconds(500)));
}

TEST(RateLimit, ManyAddressesDoNotGrowWithoutEnd) {
  RateLimit limit(1, 1, 100);
  const RateLimit::Instant now{};
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limit.take(std::to_string(i), now));
  EXPECT_LE(limit.addresses(), 100u);
}

}  // namespace
}  // namespace hs::server
