#pragma once

#include <cstdint>
#include <functional>

#include "app/outcome.h"

namespace hs::app {

/// How a worker is started.
enum class Working : std::uint8_t {
  Fully,
  RecordOnly,  ///< The last one died before it was ready: reads are stored, nothing is scored.
};

/// Told by the worker once it is ready: everything before was folded, and ports are open.
using Ready = std::function<void()>;

/// Runs `work` in a process of its own and starts it again when it dies of a fault or is killed, so
/// that no fault of the program ends the recording of a race. One that died before it was ready is
/// followed by one that only records. Ends when the worker ends by itself, with its exit; asked to
/// end (SIGINT, SIGTERM), it asks the worker, and starts none again.
///
/// Precondition: the process has no other thread yet.
/// Errors: WorldFailed, said on stderr, where no process can be made, one after another dies at
/// once, or one dies after it was asked to end.
[[nodiscard]] Exit watch(const std::function<Exit(Working, const Ready&)>& work);

/// Waits until somebody asks this process to end. Precondition: `block_end_signals` was called
/// before any thread was made.
void wait_for_end();
void block_end_signals();

}  // namespace hs::app
