#include "present/command_text.h"

#include <algorithm>
#include <utility>

namespace hs::present {
namespace {

bool is_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./:@%+=,").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_safe)) return std::string(word);
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::vector<CommandStep> steps_of(std::string_view text, std::span<const Command> commands) {
  std::vector<CommandStep> out;
  for (const Command& command : commands) {
    if (command.form.kind.empty()) continue;
    const std::size_t at = text.find(command.text);
    if (at == std::string_view::npos) continue;
    if (at > 0) out.push_back({std::string(text.substr(0, at)), {}});
    out.push_back({{}, command.form});
    text.remove_prefix(at + command.text.size());
  }
  if (!text.empty()) out.push_back({std::string(text), {}});
  return out;
}

Commands::Commands(const model::EventResults& results, std::string_view event_path)
    : results_(results), event_(shell_word(event_path)) {}

std::string Commands::runner(model::EntrantId entrant) const {
  const model::Entrant& e = results_.entrants[entrant.raw()];
  std::string out = " --bib " + shell_word(e.bib.view());
  if (results_.event.races.size() > 1) out += " --race " + shell_word(e.race);
  return out;
}

std::string Commands::hand_out(std::string command, CommandForm form) const {
  handed_out_.push_back({command, std::move(form)});
  return command;
}

CommandForm Commands::form(std::string kind, model::EntrantId entrant) const {
  const model::Entrant& e = results_.entrants[entrant.raw()];
  CommandForm out;
  out.kind = std::move(kind);
  out.race = e.race;
  out.bib = e.bib.str();
  return out;
}

std::string Commands::rule(model::EntrantId entrant, std::string_view what) const {
  // "--reinstate --clause C": the first word is the decision.
  constexpr std::string_view kClause = " --clause ";
  CommandForm filled = form(std::string(what.substr(2, what.find(' ') - 2)), entrant);
  if (const std::size_t at = what.find(kClause); at != std::string_view::npos) {
    filled.clause = std::string(what.substr(at + kClause.size()));
  }
  return hand_out("homestretch rule " + event_ + runner(entrant) + " " + std::string(what) +
                      " --reason TEXT --by NAME",
                  std::move(filled));
}

std::string Commands::explain(model::EntrantId entrant) const {
  return hand_out("homestretch explain " + event_ + runner(entrant), form("explain", entrant));
}

std::string Commands::gun(std::string_view race, std::string_view wave) const {
  CommandForm filled;
  filled.kind = "gun";
  filled.race = std::string(race);
  filled.wave = std::string(wave);
  return hand_out("homestretch gun " + event_ + " --race " + shell_word(race) + " --wave " +
                      (wave.empty() ? std::string("W") : shell_word(wave)) + " --at T --by NAME",
                  std::move(filled));
}

std::string Commands::undo(model::FactSeq fact) const {
  CommandForm filled;
  filled.kind = "undo";
  filled.fact = fact;
  return hand_out("homestretch undo " + event_ + " " + std::to_string(fact.raw()) + " --by NAME",
                  std::move(filled));
}

std::string Commands::propose() const {
  return hand_out("homestretch doctor " + event_ + " --propose", {});
}

std::string Commands::propose_to_file() const {
  return hand_out("homestretch doctor " + event_ + " --propose > FILE", {});
}

std::string Commands::accept() const {
  return hand_out("homestretch accept " + event_ + " FILE --by NAME", {});
}

}  // namespace hs::present
