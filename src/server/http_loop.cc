#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <list>
#include <thread>
#include <utility>

#include "base/check.h"
#include "server/http_listener.h"

namespace hs::server {
namespace {

namespace asio = boost::asio;

/// One `every`.
struct Ticker {
  Ticker(asio::io_context& context, std::chrono::milliseconds wanted, std::function<void()> what)
      : timer(context), period(wanted), task(std::move(what)) {}
  asio::steady_timer timer;
  std::chrono::milliseconds period;
  std::function<void()> task;

  void arm() {
    // From now, not from the last one: where the loop was busy, ticks are left out, never made up.
    timer.expires_after(period);
    timer.async_wait([this](const boost::system::error_code& failed) {
      if (failed) return;
      task();
      arm();
    });
  }
};

}  // namespace

struct HttpLoop::State {
  // One thread: everything behind it is free of locks.
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::list<Ticker> tickers;
  std::thread thread;
};

HttpLoop::HttpLoop() : state_(std::make_unique<State>()) {
  state_->thread = std::thread([context = &state_->context] { context->run(); });
}

HttpLoop::~HttpLoop() {
  state_->context.stop();
  state_->thread.join();
}

void HttpLoop::post(std::function<void()> task) { asio::post(state_->context, std::move(task)); }

void HttpLoop::every(std::chrono::milliseconds period, std::function<void()> task) {
  post([state = state_.get(), period, task = std::move(task)]() mutable {
    state->tickers.emplace_back(state->context, period, std::move(task));
    state->tickers.back().arm();
  });
}

void HttpLoop::run(const std::function<void()>& task) {
  HS_CHECK(std::this_thread::get_id() != state_->thread.get_id(), "the loop waits for itself");
  std::promise<void> done;
  post([&] {
    task();
    done.set_value();
  });
  done.get_future().wait();
}

boost::asio::io_context& HttpLoop::context() { return state_->context; }

}  // namespace hs::server
