#include "engine/race_day.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/check.h"
#include "engine/fact_check.h"
#include "engine/people_rows.h"
#include "model/fact_codec.h"
#include "scoring/results_hash.h"

// Implementation notes: everything goes the same way, also the first time: a fact is encoded, made
// durable by the log, and only then applied to the scorer. Opening replays the log through the
// same door. Reads are appended in batches; what the log says of each (new, copy, conflict)
// decides what happens next.

namespace hs::engine {
namespace {

using base::ErrorCode;
using base::Result;
using model::Attention;

constexpr std::size_t kBatch = 2048;

model::Identity identity_of_text(std::string_view text) {
  const base::Digest digest = base::sha256(text);
  model::Identity out{};
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

/// A time that somebody took by hand comes twice where the answer to the first was lost on the way:
/// it is known by all it says, the instant of saying it among that.
std::optional<model::Identity> identity_of_said(const model::FactBody& body) {
  const auto* hand = std::get_if<model::HandReadFact>(&body);
  if (hand == nullptr || !hand->author.at) return std::nullopt;
  return identity_of_text("said" + model::encode(body).body);
}

using StreamKey = std::tuple<std::string, std::string, std::string>;

StreamKey key_of(const model::Stream& stream) { return {stream.device, stream.epoch, stream.mat}; }

/// True where the event file says the same of both: all but where it was first seen.
bool same_settings(const model::Stream& a, const model::Stream& b) {
  return a.role == b.role && a.clock == b.clock && a.utc_offset == b.utc_offset &&
         a.offset == b.offset && a.resolution == b.resolution;
}

/// A stream's file, or its device where it came over a wire.
const std::string& source_words(const model::Stream& stream) {
  return stream.file.empty() ? stream.device : stream.file;
}

Attention about(model::Severity severity, Attention::Kind kind, std::string text,
                const std::string& mat, std::uint64_t count) {
  Attention item;
  item.severity = severity;
  item.kind = kind;
  item.text = std::move(text);
  item.mat = mat;
  item.count = count;
  return item;
}

/// An undo takes back something that a person made and that still holds.
Result<void> check_undo(const scoring::Scorer& scorer, const model::UndoFact& undo) {
  const std::string number = std::to_string(undo.undone.raw());
  const auto known = scorer.kind_of_fact(undo.undone);
  if (!known) {
    return base::fail(ErrorCode::NotFound,
                      "found no fact " + number + ", expected the number of a ruling, note or gun");
  }
  if (!model::is_made_by_person(*known)) {
    return base::fail(ErrorCode::InvalidInput,
                      "fact " + number + " is a " + model::name_of(*known) +
                          ", expected one that a person made; a read is set aside with "
                          "rule --ignore-read");
  }
  if (known == model::FactKind::Erase) {
    return base::fail(ErrorCode::InvalidInput,
                      "fact " + number + " erased somebody; nothing is left to be brought back");
  }
  if (!scorer.holds(undo.undone)) {
    return base::fail(ErrorCode::InvalidInput,
                      "fact " + number + " is taken back already; undo that undo to restore it");
  }
  return {};
}

/// A fact without who said it and when: what makes it the same one when it is asked for again.
std::string what_it_says(model::FactBody body) {
  std::visit(
      [](auto& fact) {
        if constexpr (requires { fact.author.at; }) fact.author.at.reset();
      },
      body);
  return model::encode(body).body;
}

/// The reads that a ruling names are reads, and the runner's own.
Result<void> check_reads(const scoring::Scorer& scorer, const model::RulingFact& ruling) {
  const auto runner = scorer.find(ruling.race, ruling.bib);
  for (const model::FactSeq read : ruling.reads) {
    const std::string number = std::to_string(read.raw());
    if (scorer.kind_of_fact(read) != model::FactKind::Read) {
      return base::fail(ErrorCode::NotFound, "found no read with the number " + number +
                                                 ", expected a 'fact' of reads.csv");
    }
    if (runner && !scorer.is_read_of(read, *runner)) {
      return base::fail(ErrorCode::InvalidInput,
                        "read " + number + " is of another chip than bib " + ruling.bib.str() +
                            " has; correct the column chips of entrants.csv, or rule --finish");
    }
  }
  return {};
}

/// Most pressing first, as the others.
void add_found_in_files(const std::vector<Attention>& found, std::vector<Attention>& to) {
  to.insert(to.end(), found.begin(), found.end());
  std::stable_sort(to.begin(), to.end(), [](const Attention& a, const Attention& b) {
    return std::tuple(a.severity, a.kind) < std::tuple(b.severity, b.kind);
  });
}

}  // namespace

/// What is known of one stream across passes.
struct KnownStream {
  model::StreamId id;
  model::Stream stream;
  bool named_in_pass = false;
};

/// A fact, and what it is known by where it can come twice.
struct Known {
  model::FactBody body;
  std::optional<model::Identity> identity;
};

/// What becomes of somebody who is to be erased and was before.
enum class IfErased : std::uint8_t {
  Leave,
  Again,  ///< Asked for again, perhaps because a reader kept the journal the last time.
};

/// A read, numbered by its stream.
struct StreamRead {
  const model::Stream* stream = nullptr;
  model::Read read;
};

struct RaceDay::State {
  State(log::RaceFile opened, scoring::Closing closing)
      : file(std::move(opened)), scorer(closing) {}

  log::RaceFile file;
  scoring::Scorer scorer;
  bool folds = true;                     ///< False while only recording: nothing reaches `scorer`.
  std::optional<model::Event> recorded;  ///< The event, where nothing is folded.
  std::map<StreamKey, KnownStream> streams;
  std::uint32_t last_stream = 0;
  DeviceNumbers device_numbers;
  std::vector<Attention> pass_attention;
  std::vector<log::CopyCount> copies;

  /// How often each read was met in this pass, by fact number.
  std::unordered_map<std::uint64_t, std::uint32_t> met;

  Result<void> replay();
  Result<void> replay_streams();
  void fold(const model::Fact& fact) {
    if (folds) scorer.apply(fact);
  }
  void note_number(const model::Stream& stream, const model::Read& read);
  Result<std::vector<log::Appended>> append_all(std::span<const Known> items);
  Result<void> erase_people(std::span<const Known> items, IfErased if_erased);
  Result<std::vector<log::Appended>> append_said(std::span<const Known> items, IfErased if_erased);
  Result<model::FactSeq> append(const model::FactBody& body);
  Result<void> take_event(const EventFolder& folder, IngestReport& report);
  Result<void> take_entries(const EventFolder& folder, bool is_first, IngestReport& report);
  Result<void> take_rulings(const EventFolder& folder, IngestReport& report);
  Result<void> take_stream(const std::string& file, const formats::ParsedStream& parsed,
                           IngestReport& report);
  Result<model::StreamId> stream_id(const model::Stream& stream);
  [[nodiscard]] std::optional<std::string> epoch_of_its_own(const model::Stream& stream) const;
  Result<void> keep_conflict(const StreamRead& read, model::FactSeq with);
  Result<std::vector<log::Appended>> append_reads(std::span<const StreamRead> reads,
                                                  IngestReport& report);
  Result<void> take_reads(model::StreamId id, const formats::ParsedStream& parsed,
                          IngestReport& report, std::uint64_t& fresh);
  Result<void> take_markers(model::StreamId id, const formats::ParsedStream& parsed);
  void list_missing_files();
  void list_unknown_devices(const EventFolder& folder);
  Result<void> keep_copies();
  [[nodiscard]] std::vector<model::Stream> streams_read() const;
};

void RaceDay::State::note_number(const model::Stream& stream, const model::Read& read) {
  if (!read.device_seq) return;
  std::uint64_t& last = device_numbers[{stream.device, stream.epoch}];
  last = std::max(last, *read.device_seq);
}

Result<void> RaceDay::State::replay() {
  std::unordered_map<std::uint32_t, model::Stream> by_id;
  return file.replay([&](const log::StoredFact& stored) -> Result<void> {
    if (stored.kind == model::FactKind::Read) {
      HS_TRY(const model::Read read, model::decode_read(stored.body));
      scorer.apply_read(stored.seq, read);
      const auto stream = by_id.find(read.stream.raw());
      if (stream != by_id.end()) note_number(stream->second, read);
      return {};
    }
    HS_TRY(model::FactBody body, model::decode(stored.kind, stored.body, stored.personal));
    if (const auto* stream = std::get_if<model::StreamFact>(&body)) {
      by_id.insert_or_assign(stream->id.raw(), stream->stream);
      streams.insert_or_assign(key_of(stream->stream),
                               KnownStream{stream->id, stream->stream, false});
      last_stream = std::max(last_stream, stream->id.raw());
    }
    scorer.apply({stored.seq, std::move(body)});
    return {};
  });
}

/// What storing needs to know of the facts before: the streams, their numbers, and the event.
Result<void> RaceDay::State::replay_streams() {
  std::unordered_map<std::uint32_t, model::Stream> by_id;
  return file.replay([&](const log::StoredFact& stored) -> Result<void> {
    if (stored.kind == model::FactKind::Read) {
      const auto read = model::decode_read(stored.body);
      const auto stream = read ? by_id.find(read->stream.raw()) : by_id.end();
      if (stream != by_id.end()) note_number(stream->second, *read);
      return {};
    }
    if (stored.kind != model::FactKind::Stream && stored.kind != model::FactKind::Event) return {};
    const auto body = model::decode(stored.kind, stored.body, stored.personal);
    if (!body) return {};
    if (const auto* event = std::get_if<model::EventFact>(&*body)) recorded = event->event;
    if (const auto* stream = std::get_if<model::StreamFact>(&*body)) {
      by_id.insert_or_assign(stream->id.raw(), stream->stream);
      streams.insert_or_assign(key_of(stream->stream),
                               KnownStream{stream->id, stream->stream, false});
      last_stream = std::max(last_stream, stream->id.raw());
    }
    return {};
  });
}

/// Appends in one transaction and applies what is new.
Result<std::vector<log::Appended>> RaceDay::State::append_all(std::span<const Known> items) {
  if (items.empty()) return std::vector<log::Appended>{};
  std::vector<model::EncodedFact> encoded;
  encoded.reserve(items.size());
  std::vector<log::NewFact> facts;
  for (const Known& item : items) {
    const model::EncodedFact& one = encoded.emplace_back(model::encode(item.body));
    facts.push_back({one.kind, one.body, one.personal, item.identity, 0});
  }
  HS_TRY(std::vector<log::Appended> done, file.append(facts));
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (done[i].what == log::Appended::What::New) fold({done[i].seq, items[i].body});
  }
  return done;
}

/// Takes what is known of whoever these facts erase out of the file.
/// Errors: Busy where a reader of the file keeps its journal; the file itself is rid of it.
Result<void> RaceDay::State::erase_people(std::span<const Known> items, IfErased if_erased) {
  std::set<EntryName> gone;
  for (const Known& item : items) {
    const auto* erase = std::get_if<model::EraseFact>(&item.body);
    if (erase == nullptr) continue;
    const bool is_known = scorer.is_erased(erase->race, erase->bib);
    if (!is_known || if_erased == IfErased::Again) gone.emplace(erase->race, erase->bib);
  }
  if (gone.empty()) return {};
  HS_TRY(const std::vector<model::FactSeq> rows, rows_of(file, gone));
  HS_TRY_VOID(file.erase_personal(rows));
  return {};
}

/// Appends what persons said. Rows are erased before the fact that erases is there: a mirror that
/// has the fact finds them gone, and a file with the fact never holds them.
Result<std::vector<log::Appended>> RaceDay::State::append_said(std::span<const Known> items,
                                                               IfErased if_erased) {
  const Result<void> erased = erase_people(items, if_erased);
  const bool is_busy = !erased && erased.error().code == ErrorCode::Busy;
  if (!erased && !is_busy) return tl::make_unexpected(erased.error());
  HS_TRY(std::vector<log::Appended> done, append_all(items));
  if (is_busy) return tl::make_unexpected(erased.error());
  return done;
}

/// Appends one fact that cannot come twice, and applies it.
Result<model::FactSeq> RaceDay::State::append(const model::FactBody& body) {
  const Known item{body, std::nullopt};
  HS_TRY(const std::vector<log::Appended> done, append_all(std::span(&item, 1)));
  return done[0].seq;
}

Result<void> RaceDay::State::take_event(const EventFolder& folder, IngestReport& report) {
  const model::Event* before = scorer.event();
  const model::FactBody fresh = model::EventFact{folder.event};
  if (before != nullptr) {
    if (model::encode(model::EventFact{*before}).body == model::encode(fresh).body) return {};
    report.event_before = *before;
    report.event_after = folder.event;
    report.event_changed = true;
  }
  HS_TRY_VOID(append(fresh));
  return {};
}

Result<void> RaceDay::State::take_entries(const EventFolder& folder, bool is_first,
                                          IngestReport& report) {
  std::vector<Known> fresh;
  std::vector<bool> listed(scorer.runner_count(), false);
  for (const model::EntrantFact& listed_entry : folder.entrants.entries) {
    model::EntrantFact entry = listed_entry;
    if (scorer.is_erased(entry.entrant.race, entry.entrant.bib)) model::erase_person(entry);
    const auto id = scorer.find_entry(entry.entrant.race, entry.entrant.bib);
    EntryChange change{std::nullopt, entry};
    if (id) {
      listed[id->raw()] = true;
      change.before = model::EntrantFact{scorer.entered(*id), scorer.person(*id)};
      const model::EncodedFact old = model::encode(*change.before);
      const model::EncodedFact now = model::encode(entry);
      if (old.body == now.body && old.personal == now.personal) continue;
    }
    fresh.push_back({entry, std::nullopt});
    if (!is_first) report.entries.push_back(std::move(change));
  }
  for (std::size_t e = 0; e < listed.size(); ++e) {
    const model::EntrantId id(static_cast<std::uint32_t>(e));
    if (listed[e] || !scorer.is_listed(id)) continue;
    const model::Entrant gone = scorer.entered(id);
    report.entries.push_back({model::EntrantFact{gone, scorer.person(id)}, std::nullopt});
    fresh.push_back({model::EntrantRemovedFact{gone.race, gone.bib}, std::nullopt});
  }
  // The list as a whole, in one commit.
  HS_TRY(const std::vector<log::Appended> done, append_all(fresh));
  return {};
}

/// A ruling line is known by its text; equal lines are told apart by counting them. All new lines
/// go into one commit: rulings are never half taken.
Result<void> RaceDay::State::take_rulings(const EventFolder& folder, IngestReport& report) {
  std::map<std::string, int> times;
  std::vector<Known> lines;
  for (const formats::RulingLine& line : folder.rulings) {
    const model::EncodedFact encoded = model::encode(line.body);
    std::string key = std::string("line") + static_cast<char>(encoded.kind) + encoded.body;
    key += '#' + std::to_string(++times[key]);
    lines.push_back({line.body, identity_of_text(key)});
  }
  HS_TRY(const std::vector<log::Appended> done, append_said(lines, IfErased::Leave));
  for (const log::Appended& one : done) {
    if (one.what == log::Appended::What::New) ++report.rulings_new;
  }
  return {};
}

/// The number of a stream: known, new, or known with new settings.
Result<model::StreamId> RaceDay::State::stream_id(const model::Stream& stream) {
  const auto found = streams.find(key_of(stream));
  if (found == streams.end()) {
    const model::StreamId id(++last_stream);
    HS_TRY_VOID(append(model::StreamFact{id, stream}));
    streams.emplace(key_of(stream), KnownStream{id, stream, true});
    return id;
  }
  KnownStream& known = found->second;
  if (same_settings(known.stream, stream)) {
    known.named_in_pass = true;
    return known.id;
  }
  if (known.named_in_pass) {
    // Two sources name one stream and differ; the first one holds. Said once, however often a live
    // one comes.
    Attention item = about(
        model::Severity::Look, Attention::Kind::EntryQuestion,
        source_words(stream) + " is the same recording as " + source_words(known.stream) +
            ", but the event file gives the two another role, clock or offset; the first holds",
        stream.mat, 0);
    const bool is_said = std::any_of(pass_attention.begin(), pass_attention.end(),
                                     [&](const Attention& one) { return one.text == item.text; });
    if (!is_said) pass_attention.push_back(std::move(item));
    return known.id;
  }
  model::Stream changed = stream;
  changed.file = known.stream.file;
  HS_TRY_VOID(append(model::StreamFact{known.id, changed}));
  known.stream = changed;
  known.named_in_pass = true;
  return known.id;
}

/// A file without device names cannot say whose it is. Where the event file gives two such files of
/// one mat another role, clock or offset, it says that they are two boxes: the second and each
/// further one is numbered. Nothing where the stream stands by itself.
std::optional<std::string> RaceDay::State::epoch_of_its_own(const model::Stream& stream) const {
  if (!stream.device.empty()) return std::nullopt;
  model::Stream box = stream;
  for (int number = 2;; ++number) {
    const auto found = streams.find(key_of(box));
    const bool is_free = found == streams.end() || !found->second.named_in_pass ||
                         same_settings(found->second.stream, box);
    if (is_free) break;
    box.epoch = stream.epoch + "/box " + std::to_string(number);
  }
  return box.epoch == stream.epoch ? std::nullopt : std::optional(box.epoch);
}

/// Stores a read that says something else than the one of its identity, as a conflict with it.
Result<void> RaceDay::State::keep_conflict(const StreamRead& read, model::FactSeq with) {
  const model::FactBody body = model::ReadConflictFact{with, read.read};
  const model::EncodedFact encoded = model::encode(body);
  const log::NewFact conflict{
      encoded.kind,
      encoded.body,
      {},
      model::conflict_identity(model::identity_of(*read.stream, read.read), read.read),
      0};
  HS_TRY(const std::vector<log::Appended> kept, file.append(std::span(&conflict, 1)));
  if (kept[0].what == log::Appended::What::New) fold({kept[0].seq, body});
  return {};
}

/// Appends reads in one commit and applies what is new. What became of each, in order.
Result<std::vector<log::Appended>> RaceDay::State::append_reads(std::span<const StreamRead> reads,
                                                                IngestReport& report) {
  std::vector<std::string> bodies(reads.size());
  std::vector<log::NewFact> facts(reads.size());
  for (std::size_t i = 0; i < reads.size(); ++i) {
    model::encode_read(reads[i].read, bodies[i]);
    facts[i] = {model::FactKind::Read,
                bodies[i],
                {},
                model::identity_of(*reads[i].stream, reads[i].read),
                model::content_mark(reads[i].read)};
  }
  HS_TRY(std::vector<log::Appended> done, file.append(facts));
  for (std::size_t i = 0; i < reads.size(); ++i) {
    if (done[i].what != log::Appended::What::New) continue;
    note_number(*reads[i].stream, reads[i].read);
    if (folds) scorer.apply_read(done[i].seq, reads[i].read);
    ++report.reads_new;
  }
  for (std::size_t i = 0; i < reads.size(); ++i) {
    if (done[i].what != log::Appended::What::Conflict) continue;
    ++report.conflicts;
    HS_TRY_VOID(keep_conflict(reads[i], done[i].seq));
  }
  return done;
}

Result<void> RaceDay::State::take_reads(model::StreamId id, const formats::ParsedStream& parsed,
                                        IngestReport& report, std::uint64_t& fresh) {
  std::vector<StreamRead> batch;
  for (std::size_t begin = 0; begin < parsed.reads.size(); begin += kBatch) {
    const std::size_t size = std::min(kBatch, parsed.reads.size() - begin);
    batch.clear();
    for (std::size_t i = begin; i < begin + size; ++i) {
      batch.push_back({&parsed.stream, parsed.reads[i]});
      batch.back().read.stream = id;
    }
    HS_TRY(const std::vector<log::Appended> done, append_reads(batch, report));
    for (const log::Appended& one : done) {
      if (one.what == log::Appended::What::Conflict) continue;
      const bool first_in_pass = ++met[one.seq.raw()] == 1;
      if (first_in_pass) ++fresh;
      if (one.what == log::Appended::What::New) continue;
      ++(first_in_pass ? report.reads_known : report.copies);
    }
  }
  return {};
}

Result<void> RaceDay::State::take_markers(model::StreamId id, const formats::ParsedStream& parsed) {
  std::vector<Known> items;
  for (const model::Marker& marker : parsed.markers) {
    items.push_back({model::MarkerFact{id, marker}, model::identity_of(parsed.stream, marker)});
  }
  for (model::HandLineFact line : parsed.hand_lines) {
    line.stream = id;
    // By what it says as well as by its line: an edited file adds lines and loses none.
    items.push_back({line, identity_of_text("hand" + model::encode(line).body)});
  }
  HS_TRY(const std::vector<log::Appended> done, append_all(items));
  return {};
}

Result<void> RaceDay::State::take_stream(const std::string& file_name,
                                         const formats::ParsedStream& parsed,
                                         IngestReport& report) {
  if (const auto epoch = epoch_of_its_own(parsed.stream)) {
    formats::ParsedStream box = parsed;
    box.stream.epoch = *epoch;
    return take_stream(file_name, box, report);
  }
  HS_TRY(const model::StreamId id, stream_id(parsed.stream));
  std::uint64_t fresh = 0;
  // Clock markers first: reads are then corrected once.
  HS_TRY_VOID(take_markers(id, parsed));
  HS_TRY_VOID(take_reads(id, parsed, report, fresh));
  if (fresh == 0 && !parsed.reads.empty()) {
    pass_attention.push_back(about(model::Severity::Note, Attention::Kind::StreamRepeated,
                                   file_name, parsed.stream.mat, parsed.reads.size()));
  }
  return {};
}

void RaceDay::State::list_missing_files() {
  std::set<std::string> told;
  for (const auto& entry : streams) {
    const KnownStream& known = entry.second;
    const std::string& name = known.stream.file;
    if (known.named_in_pass || name.empty() || name.starts_with(kSentBy)) continue;
    if (!told.insert(known.stream.file).second) continue;
    // Says more than that the source's file is not there.
    std::erase_if(pass_attention, [&](const Attention& item) {
      return item.kind == Attention::Kind::FileMissing &&
             item.text == known.stream.file + ": no such file";
    });
    pass_attention.push_back(about(model::Severity::Look, Attention::Kind::FileMissing,
                                   known.stream.file + ": was read before and is gone; its reads "
                                                       "stay",
                                   known.stream.mat, 0));
  }
}

std::vector<model::Stream> RaceDay::State::streams_read() const {
  std::vector<model::Stream> out;
  for (const auto& entry : streams) out.push_back(entry.second.stream);
  return out;
}

/// A correction in the file may come before its device's reads do, so it is listed, not refused.
void RaceDay::State::list_unknown_devices(const EventFolder& folder) {
  for (const formats::RulingLine& line : folder.rulings) {
    const auto checked = check_device(streams_read(), line.body);
    if (checked) continue;
    pass_attention.push_back(
        about(model::Severity::Look, Attention::Kind::EntryQuestion,
              "rulings.jsonl:" + std::to_string(line.line) +
                  ": the clock correction changes nothing: " + checked.error().message,
              "", 0));
  }
}

Result<void> RaceDay::State::keep_copies() {
  std::map<std::uint64_t, std::uint64_t> counts;
  for (const log::CopyCount& known : copies) counts[known.seq.raw()] = 0;
  for (const auto& [seq, times] : met) {
    if (times > 1) counts[seq] = times - 1;
  }
  std::vector<log::CopyCount> changed;
  for (const auto& [seq, count] : counts) changed.push_back({model::FactSeq(seq), count});
  if (!changed.empty()) HS_TRY_VOID(file.set_copies(changed));
  std::erase_if(changed, [](const log::CopyCount& one) { return one.count == 0; });
  copies = std::move(changed);
  return {};
}

// --- the class ----------------------------------------------------------------------------------

RaceDay::RaceDay(std::unique_ptr<State> state) : state_(std::move(state)) {}
RaceDay::RaceDay(RaceDay&&) noexcept = default;
RaceDay& RaceDay::operator=(RaceDay&&) noexcept = default;
RaceDay::~RaceDay() = default;

Result<RaceDay> RaceDay::open(const std::string& race_file, scoring::Closing closing,
                              const log::OpenOptions& options) {
  HS_TRY(log::RaceFile file, log::RaceFile::open(race_file, options));
  return fold(std::move(file), closing);
}

Result<RaceDay> RaceDay::record_only(const std::string& race_file,
                                     const log::OpenOptions& options) {
  HS_TRY(log::RaceFile file, log::RaceFile::open(race_file, options));
  auto state = std::make_unique<State>(std::move(file), scoring::Closing::ByFacts);
  state->folds = false;
  HS_TRY_VOID(state->replay_streams());
  return RaceDay(std::move(state));
}

bool RaceDay::is_recording_only() const { return !state_->folds; }

void RaceDay::record_as(model::Event event) {
  HS_CHECK(!state_->folds, "the event is the race file's own");
  if (!state_->recorded) state_->recorded = std::move(event);
}

const model::Event* RaceDay::event() const {
  if (!state_->folds) return state_->recorded ? &*state_->recorded : nullptr;
  return state_->scorer.event();
}

Result<RaceDay> RaceDay::copy_in_memory(const std::string& race_file, scoring::Closing closing) {
  HS_TRY(log::RaceFile file, log::RaceFile::copy_in_memory(race_file));
  return fold(std::move(file), closing);
}

Result<RaceDay> RaceDay::fold(log::RaceFile file, scoring::Closing closing) {
  auto state = std::make_unique<State>(std::move(file), closing);
  HS_TRY_VOID(state->replay());
  HS_TRY(state->copies, state->file.copies());
  // A count of 0 says that the copies are no longer there.
  std::erase_if(state->copies, [](const log::CopyCount& one) { return one.count == 0; });
  return RaceDay(std::move(state));
}

Result<RaceDay> RaceDay::in_memory(scoring::Closing closing) {
  HS_TRY(log::RaceFile file, log::RaceFile::in_memory());
  return RaceDay(std::make_unique<State>(std::move(file), closing));
}

Result<IngestReport> RaceDay::take(const EventFolder& folder, const Progress& progress) {
  State& s = *state_;
  IngestReport report;
  s.pass_attention = folder.attention;
  s.met.clear();
  for (auto& [key, known] : s.streams) known.named_in_pass = false;
  HS_CHECK(s.folds, "an event folder is not taken while only recording");
  const bool is_first = s.scorer.event() == nullptr;
  HS_TRY_VOID(s.take_event(folder, report));
  HS_TRY_VOID(s.take_entries(folder, is_first, report));
  std::uint64_t all = 0;
  for (const ParsedSource& source : folder.sources) all += source.content.lines;
  for (const ParsedSource& source : folder.sources) {
    for (const formats::ParsedStream& stream : source.content.streams) {
      HS_TRY_VOID(s.take_stream(source.file, stream, report));
    }
    report.lines += source.content.lines;
    if (progress) progress(report.lines, all);
  }
  HS_TRY_VOID(s.take_rulings(folder, report));
  s.list_missing_files();
  s.list_unknown_devices(folder);
  HS_TRY_VOID(s.keep_copies());
  s.met = {};  // Not only cleared: it is as large as the log.
  return report;
}

Result<IngestReport> RaceDay::take_live(std::span<const formats::ParsedStream> sent) {
  State& s = *state_;
  IngestReport report;
  std::vector<StreamRead> reads;
  for (const formats::ParsedStream& one : sent) {
    HS_TRY(const model::StreamId id, s.stream_id(one.stream));
    HS_TRY_VOID(s.take_markers(id, one));
    for (const model::Read& read : one.reads) {
      reads.push_back({&one.stream, read});
      reads.back().read.stream = id;
    }
  }
  report.lines = reads.size();
  for (std::size_t begin = 0; begin < reads.size(); begin += kBatch) {
    const auto batch = std::span(reads).subspan(begin, std::min(kBatch, reads.size() - begin));
    HS_TRY(const std::vector<log::Appended> done, s.append_reads(batch, report));
    report.copies += static_cast<std::uint64_t>(std::count_if(
        done.begin(), done.end(),
        [](const log::Appended& one) { return one.what == log::Appended::What::Copy; }));
  }
  return report;
}

namespace {

/// A version keeps what its results were, so that whoever computes them again can tell.
model::FactBody with_hash(const model::FactBody& said, scoring::Scorer& scorer) {
  const auto* version = std::get_if<model::PublishFact>(&said);
  if (version == nullptr) return said;
  model::PublishFact hashed = *version;
  const model::EventResults results = scorer.official();
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    if (results.event.races[r].id != version->race) continue;
    hashed.hash =
        base::to_hex(scoring::race_hash(results, model::RaceId(static_cast<std::uint16_t>(r))));
  }
  return hashed;
}

/// Erasing names the entry as it was made, however rulings moved or merged it since.
model::FactBody as_entered(const model::FactBody& said, const scoring::Scorer& scorer) {
  const auto* erase = std::get_if<model::EraseFact>(&said);
  const auto id = erase == nullptr ? std::nullopt : scorer.find(erase->race, erase->bib);
  if (!id) return said;
  const model::Entrant& entry = scorer.entered(*id);
  return model::EraseFact{entry.race, entry.bib, erase->author};
}

}  // namespace

Result<model::FactSeq> RaceDay::add(const model::FactBody& body) {
  HS_TRY(const std::vector<model::FactSeq> done, add_all(std::span(&body, 1)));
  return done[0];
}

Result<std::vector<model::FactSeq>> RaceDay::add_all(std::span<const model::FactBody> bodies,
                                                     std::string_view once) {
  std::vector<Known> items;
  for (const model::FactBody& said : bodies) {
    HS_TRY_VOID(check(said));
    const model::FactBody body = as_entered(with_hash(said, state_->scorer), state_->scorer);
    Known& item = items.emplace_back(Known{body, identity_of_said(body)});
    if (once.empty()) continue;
    item.identity = identity_of_text("once" + std::string(once) + '\n' + what_it_says(body) + '\n' +
                                     std::to_string(items.size()));
  }
  HS_TRY(const std::vector<log::Appended> done, state_->append_said(items, IfErased::Again));
  std::vector<model::FactSeq> out;
  for (const log::Appended& one : done) out.push_back(one.seq);
  return out;
}

Result<void> RaceDay::check(const model::FactBody& body) const {
  const State& s = *state_;
  HS_CHECK(model::is_made_by_person(model::kind_of(body)), "not a fact that a person makes");
  if (!s.folds) {
    // Whose it is, scoring will say afterwards, as it does of a chip.
    if (std::holds_alternative<model::HandReadFact>(body)) {
      return s.recorded ? check_names(*s.recorded, body) : Result<void>();
    }
    return base::fail(ErrorCode::Unsupported,
                      "only reads are recorded now, because scoring failed; start again without "
                      "--record-only to rule");
  }
  const model::Event* event = s.scorer.event();
  if (event == nullptr) {
    return base::fail(ErrorCode::Unsupported, "found no event yet, expected one before a ruling");
  }
  HS_TRY_VOID(check_names(*event, body));
  HS_TRY_VOID(check_bibs(*event, s.scorer, body));
  HS_TRY_VOID(check_device(s.streams_read(), body));
  if (const auto* undo = std::get_if<model::UndoFact>(&body)) {
    HS_TRY_VOID(check_undo(s.scorer, *undo));
  }
  if (const auto* ruling = std::get_if<model::RulingFact>(&body)) {
    HS_TRY_VOID(check_reads(s.scorer, *ruling));
  }
  return {};
}

Result<std::string> RaceDay::race_of(const model::BibNumber& bib) const {
  const scoring::Scorer& scorer = state_->scorer;
  std::vector<std::string> races;
  for (std::size_t e = 0; e < scorer.runner_count(); ++e) {
    const model::EntrantId id(static_cast<std::uint32_t>(e));
    if (scorer.is_live(id) && scorer.entrant(id).bib == bib) {
      races.push_back(scorer.entrant(id).race);
    }
  }
  if (races.empty()) {
    return base::fail(ErrorCode::NotFound,
                      "found the bib '" + bib.str() + "', expected one that is entered");
  }
  if (races.size() > 1) {
    std::string list;
    for (const std::string& race : races) list += (list.empty() ? "" : ", ") + race;
    return base::fail(ErrorCode::InvalidInput,
                      "bib " + bib.str() + " is in several races (" + list + "), expected --race");
  }
  return races[0];
}

model::EventResults RaceDay::results() {
  model::EventResults out = state_->scorer.snapshot();
  add_found_in_files(state_->pass_attention, out.attention);
  return out;
}

void RaceDay::add_overview(model::EventResults& results) {
  state_->scorer.add_overview(results);
  add_found_in_files(state_->pass_attention, results.attention);
}

const DeviceNumbers& RaceDay::device_numbers() const { return state_->device_numbers; }
const std::vector<log::CopyCount>& RaceDay::copies() const { return state_->copies; }
scoring::Scorer& RaceDay::scorer() { return state_->scorer; }
log::RaceFile& RaceDay::race_file() { return state_->file; }

std::string race_file_of(const std::string& folder) {
  std::string base = folder;
  while (base.size() > 1 && base.back() == '/') base.pop_back();
  const std::filesystem::path path = std::filesystem::absolute(base).lexically_normal();
  const std::filesystem::path name =
      path.has_filename() ? path.filename() : path.parent_path().filename();
  return base + "/" + name.string() + ".race";
}

}  // namespace hs::engine
