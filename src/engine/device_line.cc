#include "engine/device_line.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "readers/open_session.h"

// Implementation notes: the session is always fed from the spool, so that bytes of an earlier
// process, bytes that waited for a busy engine and bytes that come just now go one way. The last
// are read back from the operating system's memory.
//
// A session belongs to a connection. What it says while it takes bytes of a connection that has
// ended goes nowhere.

namespace hs::engine {
namespace {

constexpr std::size_t kMostWaiting = 256;    ///< Deliveries parsed and not yet stored.
constexpr std::size_t kMostInMemory = 4096;  ///< Of these, before no more is read.
constexpr std::size_t kMostSubmitted = 64;   ///< Of these, handed to the engine.
constexpr std::size_t kMinutesKept = 60;
/// A connection that keeps more than this in its spool should be begun anew once.
constexpr std::uint64_t kSpoolWanted = 256U << 20U;

}  // namespace

DeviceLine::DeviceLine(Setup setup, Spool spool)
    : setup_(std::move(setup)), spool_(std::move(spool)) {}

base::Result<std::shared_ptr<DeviceLine>> DeviceLine::open(Setup setup, Spool spool) {
  HS_CHECK(setup.engine != nullptr && setup.source != nullptr && setup.event != nullptr &&
               setup.clock != nullptr && setup.post,
           "a line without its surroundings");
  // The constructor is private, so that nobody has a line that nobody shares.
  std::shared_ptr<DeviceLine> line(new DeviceLine(std::move(setup), std::move(spool)));
  HS_TRY_VOID(line->begin_session());
  line->pump();
  return line;
}

base::Result<void> DeviceLine::begin_session() {
  LiveEngine* engine = setup_.engine;
  HS_TRY(session_,
         readers::open_session({*setup_.source, *setup_.event, setup_.name,
                                [engine](std::string_view device, std::string_view epoch) {
                                  return engine->last_stored(device, epoch);
                                }}));
  taken_bytes_ = 0;
  give_up_.clear();
  return {};
}

void DeviceLine::connected(Send send_to) {
  const auto kept = spool_.append(SpoolKind::Opened, setup_.clock->now());
  if (!kept) disk_trouble_ = kept.error().text();
  has_more_ = true;
  // Whatever an earlier connection left is taken by its own session first.
  pump_spool(SIZE_MAX);
  if (!kept) HS_CHECK(begin_session().has_value(), "a session that was there before");
  ++connection_;
  quiets_ = 0;
  send_ = std::move(send_to);
  is_live_ = true;
  send(session_->opened());
  submit_waiting();
}

void DeviceLine::disconnected() {
  is_live_ = false;
  send_ = nullptr;
  const auto kept = spool_.append(SpoolKind::Closed, setup_.clock->now());
  if (!kept) disk_trouble_ = kept.error().text();
  has_more_ = true;
  pump();
}

void DeviceLine::received(std::string_view bytes) {
  quiets_ = 0;
  const base::RaceTime now = setup_.clock->now();
  const auto kept = spool_.append(SpoolKind::Bytes, now, bytes);
  if (kept) {
    has_more_ = true;
    pump();
    return;
  }
  disk_trouble_ = kept.error().text();
  // In order: what is in the spool first, however much waits then.
  pump_spool(SIZE_MAX);
  take_bytes(bytes, now, nullptr);
  submit_waiting();
}

bool DeviceLine::has_room() const { return waiting_.size() < kMostInMemory; }

bool DeviceLine::quiet() {
  if (++quiets_ > readers::DeviceSession::kMostQuiet) return false;
  readers::Heard heard = session_->quiet();
  if (!heard.give_up.empty()) give_up_ = std::move(heard.give_up);
  send(std::move(heard.reply));
  return give_up_.empty();
}

base::Duration DeviceLine::quiet_after() const { return session_->quiet_after(); }

void DeviceLine::pump() {
  pump_spool(kMostWaiting);
  submit_waiting();
}

void DeviceLine::pump_spool(std::size_t most_waiting) {
  while (has_more_ && waiting_.size() < most_waiting) {
    const auto record = spool_.next();
    if (!record) {
      disk_trouble_ = record.error().text();
      return;
    }
    has_more_ = record->has_value();
    if (has_more_) take(**record);
  }
}

void DeviceLine::take(const SpoolRecord& record) {
  switch (record.kind) {
    case SpoolKind::Opened:
      done_until(record.at);
      // The device is known: it was opened before.
      HS_CHECK(begin_session().has_value(), "a session that was there before");
      return;
    case SpoolKind::Closed:
      done_until(record.behind);
      return;
    case SpoolKind::Bytes:
      // Half a message from before a hole and half of one from behind it are none. A session that
      // lives by its beginning goes on: it would understand nothing of the rest otherwise.
      if (record.is_behind_damage && !session_->needs_beginning()) {
        HS_CHECK(begin_session().has_value(), "a session that was there before");
      }
      take_bytes(record.bytes, record.received, &record);
      return;
  }
}

/// Once all before is stored, nothing before `position` has to be taken again.
void DeviceLine::done_until(const SpoolPosition& position) {
  Waiting mark;
  mark.number = next_number_++;
  mark.done_until = position;
  mark.step = Step::Stored;
  waiting_.push_back(std::move(mark));
  confirm_stored();
}

void DeviceLine::take_bytes(std::string_view bytes, base::RaceTime received,
                            const SpoolRecord* record) {
  const std::uint64_t before = taken_bytes_;
  readers::Heard heard = session_->take(bytes, received);
  taken_bytes_ += bytes.size();
  send(std::move(heard.reply));
  if (!heard.give_up.empty()) give_up_ = std::move(heard.give_up);
  for (readers::Delivery& delivery : heard.deliveries) {
    Waiting one;
    one.number = next_number_++;
    one.received = received;
    one.connection = connection_;
    if (record != nullptr && !session_->needs_beginning()) {
      HS_CHECK(delivery.through >= before && delivery.through <= taken_bytes_,
               "a delivery ends within the bytes that ended it");
      const std::uint64_t within = delivery.through - before;
      one.done_until = record->behind;
      if (within < bytes.size()) {
        one.done_until = record->at;
        one.done_until->skip += static_cast<std::uint32_t>(within);
      }
    }
    for (formats::ParsedStream& stream : delivery.streams) put_right(stream);
    note_bad(delivery);
    one.delivery = std::move(delivery);
    waiting_.push_back(std::move(one));
  }
}

/// Gives the mat of a device with several its name in the event.
void DeviceLine::put_right(formats::ParsedStream& stream) {
  const std::string said = stream.stream.mat;
  for (const model::Location& location : setup_.source->locations) {
    if (location.name == said) stream.stream.mat = location.mat;
  }
  const auto& races = setup_.event->races;
  const bool is_mat = std::any_of(races.begin(), races.end(), [&](const model::Race& race) {
    return std::any_of(race.points.begin(), race.points.end(),
                       [&](const auto& point) { return point.mat == stream.stream.mat; });
  });
  if (!is_mat) {
    mat_trouble_ = "reads of '" + said + "', which is no mat of the event: name it in 'locations'";
  }
}

void DeviceLine::note_bad(const readers::Delivery& delivery) {
  for (const formats::BadLine& bad : delivery.bad) {
    ++report_.bad;
    report_.last_bad.push_back(bad.message);
    if (report_.last_bad.size() > LineReport::kMostBadKept) {
      report_.last_bad.erase(report_.last_bad.begin());
    }
  }
}

void DeviceLine::submit_waiting() {
  auto submitted = static_cast<std::size_t>(
      std::count_if(waiting_.begin(), waiting_.end(),
                    [](const Waiting& one) { return one.step == Step::Submitted; }));
  for (Waiting& one : waiting_) {
    if (one.step != Step::Waits) continue;
    if (submitted >= kMostSubmitted) break;
    submit(one);
    if (one.step == Step::Waits) break;  // The engine is full.
    submitted += one.step == Step::Submitted ? 1 : 0;
  }
  confirm_stored();
}

void DeviceLine::submit(Waiting& one) {
  if (one.delivery.streams.empty()) {
    // Nothing to store: thanked for, or it would come again for ever.
    one.step = Step::Stored;
    thank(one);
    return;
  }
  Incoming incoming;
  incoming.streams = one.delivery.streams;
  incoming.when_stored = [weak = weak_from_this(), post = setup_.post,
                          number = one.number](const base::Result<void>& done) {
    post([weak, number, done] {
      if (const auto line = weak.lock()) line->stored(number, done);
    });
  };
  if (setup_.engine->submit(std::move(incoming))) one.step = Step::Submitted;
}

void DeviceLine::stored(std::uint64_t number, const base::Result<void>& done) {
  const auto found =
      std::lower_bound(waiting_.begin(), waiting_.end(), number,
                       [](const Waiting& one, std::uint64_t value) { return one.number < value; });
  HS_CHECK(found != waiting_.end() && found->number == number, "stored what nobody waits for");
  if (!done) {
    found->step = Step::Waits;
    disk_trouble_ = done.error().text();
    return;
  }
  found->step = Step::Stored;
  disk_trouble_.clear();
  count(*found);
  thank(*found);
  confirm_stored();
  pump();
}

void DeviceLine::thank(const Waiting& one) {
  if (one.connection == connection_) send(one.delivery.acknowledge);
}

void DeviceLine::confirm_stored() {
  while (!waiting_.empty() && waiting_.front().step == Step::Stored) {
    if (waiting_.front().done_until) {
      const auto confirmed = spool_.confirm(*waiting_.front().done_until);
      if (!confirmed) disk_trouble_ = confirmed.error().text();
    }
    waiting_.pop_front();
  }
}

void DeviceLine::count(const Waiting& one) {
  std::uint32_t reads = 0;
  for (const formats::ParsedStream& stream : one.delivery.streams) {
    reads += static_cast<std::uint32_t>(stream.reads.size());
  }
  if (reads == 0) return;
  report_.reads += reads;
  report_.last_read_at = std::max(report_.last_read_at.value_or(one.received), one.received);
  const std::int64_t minute =
      std::chrono::duration_cast<std::chrono::minutes>(one.received.time_since_epoch()).count();
  std::vector<std::uint32_t>& minutes = report_.reads_per_minute;
  const std::int64_t ahead = minute_ ? minute - *minute_ : 1;
  if (ahead > 0) {
    const auto gap = static_cast<std::size_t>(
        std::min<std::int64_t>(ahead, static_cast<std::int64_t>(kMinutesKept)));
    minutes.insert(minutes.end(), gap, 0);
    if (minutes.size() > kMinutesKept) {
      minutes.erase(minutes.begin(), minutes.end() - static_cast<std::ptrdiff_t>(kMinutesKept));
    }
    minute_ = minute;
  }
  minutes.back() += reads;
}

void DeviceLine::send(std::string bytes) {
  if (send_ && is_live_ && !bytes.empty()) send_(std::move(bytes));
}

/// What a person should know of the spool: it is never cut, as it may hold the one copy of a read.
std::string DeviceLine::spool_trouble_now() const {
  std::string out;
  if (spool_.damaged_bytes() > 0) {
    out = std::to_string(spool_.damaged_bytes()) +
          " bytes kept of this connection were damaged on the disk and are not read: compare with "
          "the device's own file";
  }
  if (spool_.unconfirmed_bytes() > kSpoolWanted) {
    out += (out.empty() ? "" : "; ");
    out += std::to_string(spool_.unconfirmed_bytes() >> 20U) +
           " MB of this connection are kept until it ends: at a quiet moment end it at the device "
           "and begin it again";
  }
  return out;
}

LineReport DeviceLine::report() const {
  LineReport out = report_;
  out.device = session_->state();
  out.acknowledges = session_->acknowledges();
  // Many devices' bytes are kept until the connection ends, in the log or not.
  out.spool_bytes = is_drained() ? 0 : spool_.unconfirmed_bytes();
  const std::string spool_trouble = spool_trouble_now();
  for (const std::string* trouble : {&give_up_, &disk_trouble_, &spool_trouble, &mat_trouble_,
                                     &std::as_const(out.device.trouble)}) {
    if (trouble->empty()) continue;
    out.trouble += (out.trouble.empty() ? "" : "; ") + *trouble;
  }
  return out;
}

}  // namespace hs::engine
