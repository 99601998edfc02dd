#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/event_time.h"
#include "app/said_fact.h"

// Implementation notes: each command makes one fact, signs it and appends it to the race file.
// The result is computed by the next `score`; nothing else is written.

namespace hs::app {
namespace {

using base::ErrorCode;
using base::Result;

// --- note, gun, close, undo
// -----------------------------------------------------------------------

struct NoteArguments {
  std::string event, race, point, text, about, from, until, by;
  std::string kind = "official";
  std::vector<std::string> bibs;
};

/// What the note is about, and the times of a storm; whether they fit is checked with the fact.
Result<void> add_subject(const NoteArguments& a, engine::RaceDay& day, model::NoteFact& note) {
  if (!a.about.empty()) {
    note.about = model::parse_note_subject(a.about);
    if (!note.about) {
      return base::fail(ErrorCode::InvalidInput,
                        "found the subject '" + a.about + "', expected help or storm");
    }
  }
  if (a.from.empty() && a.until.empty()) return {};
  const model::Event* event = day.scorer().event();
  if (event == nullptr) {
    return base::fail(ErrorCode::Unsupported, "found no event in the race file, expected one");
  }
  if (!a.from.empty()) {
    HS_TRY(note.from, parse_event_time(a.from, *event));
  }
  if (!a.until.empty()) {
    HS_TRY(note.until, parse_event_time(a.until, *event));
  }
  return {};
}

Result<model::FactBody> make_note(const NoteArguments& a, engine::RaceDay& day) {
  model::NoteFact note;
  const auto kind = model::parse_note_kind(a.kind);
  if (!kind) {
    return base::fail(
        ErrorCode::InvalidInput,
        "found the kind '" + a.kind + "', expected official, announcer, runner or volunteer");
  }
  note.kind = *kind;
  for (const std::string& text : a.bibs) {
    HS_TRY(const model::BibNumber bib, model::BibNumber::parse(text));
    note.bibs.push_back(bib);
  }
  note.race = a.race;
  if (note.race.empty() && !note.bibs.empty()) {
    HS_TRY(note.race, day.race_of(note.bibs.front()));
  }
  note.point = a.point;
  note.text = a.text;
  HS_TRY_VOID(add_subject(a, day, note));
  note.author = signed_by(a.by);
  return model::FactBody(std::move(note));
}

void add_note(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<NoteArguments>();
  CLI::App* command =
      program.add_subcommand("note", "somebody's words, signed; the story may quote them");
  command->footer(
      "Example: homestretch note harbour-half --bib 812 --at 30k --text \"stopped to help\" "
      "--about help --by \"Marshal 7\"\n"
      "         homestretch note harbour-half --text \"hail on the hill\" --about storm "
      "--from 10:40:00 --until 11:15:00 --by \"Race director\"");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->add_option("--bib", a->bibs, "whom it is about");
  command->add_option("--race", a->race, "where the bib is in several races");
  command->add_option("--at", a->point, "the point of the course");
  command->add_option("--kind", a->kind, "official, announcer, runner or volunteer");
  command->add_option("--text", a->text, "the words")->required();
  command->add_option("--about", a->about,
                      "help (of or among the bibs) or storm: lets moments speak of it");
  command->add_option("--from", a->from, "when the storm came, as 10:40:00");
  command->add_option("--until", a->until, "when it had passed, as 11:15:00");
  command->add_option("--by", a->by, "who says so")->required();
  command->callback([a, &exit] {
    exit = append_fact(a->event, [&](engine::RaceDay& day) { return make_note(*a, day); });
  });
}

struct GunArguments {
  std::string event, race, wave, at, by;
};

void add_gun(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<GunArguments>();
  CLI::App* command = program.add_subcommand("gun", "when the gun of a wave fired");
  command->footer(
      "Example: homestretch gun harbour-half --race half --wave A --at 08:00:55.16 "
      "--by \"Starter\"");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->add_option("--race", a->race, "race id")->required();
  command->add_option("--wave", a->wave, "wave id")->required();
  command->add_option("--at", a->at, "local time, or with an offset")->required();
  command->add_option("--by", a->by, "who says so")->required();
  command->callback([a, &exit] {
    exit = append_fact(a->event, [&](engine::RaceDay& day) -> Result<model::FactBody> {
      const model::Event* event = day.scorer().event();
      if (event == nullptr) return base::fail(ErrorCode::Unsupported, "no event in the race file");
      HS_TRY(const base::RaceTime at, parse_event_time(a->at, *event));
      return model::FactBody(model::GunFact{a->race, a->wave, at, signed_by(a->by)});
    });
  });
}

struct CloseArguments {
  std::string event, race, by;
};

void add_close(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<CloseArguments>();
  CLI::App* command = program.add_subcommand("close", "no more finishers are expected");
  command->footer("Example: homestretch close harbour-half --race half --by \"Ada Timer\"");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->add_option("--race", a->race, "race id")->required();
  command->add_option("--by", a->by, "who says so")->required();
  command->callback([a, &exit] {
    exit = append_fact(a->event, [&](engine::RaceDay&) -> Result<model::FactBody> {
      return model::FactBody(model::CloseFact{a->race, signed_by(a->by)});
    });
  });
}

/// Somebody in an event, and who speaks.
struct AboutArguments {
  std::string event, race, bib, by;
};

void add_whom(CLI::App* command, AboutArguments& a) {
  command->add_option("EVENT", a.event, "event folder or .race file")->required();
  command->add_option("--bib", a.bib, "whom")->required();
  command->add_option("--race", a.race, "where the bib is in several races");
  command->add_option("--by", a.by, "who says so")->required();
}

/// Appends the fact that `make` makes of the race, the bib and who says it.
template <typename Make>
Exit append_about(const AboutArguments& a, const Make& make) {
  return append_fact(a.event, [&](engine::RaceDay& day) -> Result<model::FactBody> {
    HS_TRY(const model::BibNumber bib, model::BibNumber::parse(a.bib));
    std::string race = a.race;
    if (race.empty()) {
      HS_TRY(race, day.race_of(bib));
    }
    return make(race, bib, signed_by(a.by));
  });
}

void add_hide(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<AboutArguments>();
  CLI::App* command =
      program.add_subcommand("hide", "nothing is told of a runner any more; results stay");
  command->footer("Example: homestretch hide harbour-half --bib 812 --by \"Ada Timer\"");
  add_whom(command, *a);
  command->callback([a, &exit] {
    exit = append_about(*a,
                        [](const std::string& race, const model::BibNumber& bib,
                           const model::Author& author) -> model::FactBody {
                          return model::HideFact{race, bib, author};
                        });
  });
}

void add_erase(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<AboutArguments>();
  CLI::App* command = program.add_subcommand(
      "erase", "forgets what is known of a person, for good; their results stay without a name");
  command->footer(
      "Erases from the race file; entrants.csv and copies made earlier keep what they hold, and\n"
      "reading entrants.csv again brings nothing back.\n"
      "Example: homestretch erase harbour-half --bib 812 --by \"Ada Timer\"");
  add_whom(command, *a);
  command->callback([a, &exit] {
    exit = append_about(*a,
                        [](const std::string& race, const model::BibNumber& bib,
                           const model::Author& author) -> model::FactBody {
                          return model::EraseFact{race, bib, author};
                        });
  });
}

struct UndoArguments {
  std::string event, reason, by;
  std::uint64_t seq = 0;
};

void add_undo(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<UndoArguments>();
  CLI::App* command = program.add_subcommand("undo", "takes back a ruling, note, gun or undo");
  command->footer("Example: homestretch undo harbour-half 812345 --by \"R. Referee\"");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->add_option("SEQ", a->seq, "the number of the fact")
      ->required()
      ->check(CLI::PositiveNumber);
  command->add_option("--reason", a->reason, "why");
  command->add_option("--by", a->by, "who takes it back")->required();
  command->callback([a, &exit] {
    exit = append_fact(a->event, [&](engine::RaceDay&) -> Result<model::FactBody> {
      return model::FactBody(model::UndoFact{model::FactSeq(a->seq), a->reason, signed_by(a->by)});
    });
  });
}

}  // namespace

void add_ruling_commands(CLI::App& program, Exit& exit) {
  add_note(program, exit);
  add_gun(program, exit);
  add_close(program, exit);
  add_undo(program, exit);
  add_hide(program, exit);
  add_erase(program, exit);
}

}  // namespace hs::app
