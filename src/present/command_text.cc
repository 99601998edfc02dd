#include "present/command_text.h"

#include <algorithm>

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

Commands::Commands(const model::EventResults& results, std::string_view event_path)
    : results_(results), event_(shell_word(event_path)) {}

std::string Commands::runner(model::EntrantId entrant) const {
  const model::Entrant& e = results_.entrants[entrant.raw()];
  std::string out = " --bib " + shell_word(e.bib.view());
  if (results_.event.races.size() > 1) out += " --race " + shell_word(e.race);
  return out;
}

std::string Commands::hand_out(std::string command) const {
  handed_out_.push_back(command);
  return command;
}

std::string Commands::rule(model::EntrantId entrant, std::string_view what) const {
  return hand_out("homestretch rule " + event_ + runner(entrant) + " " + std::string(what) +
                  " --reason TEXT --by NAME");
}

std::string Commands::explain(model::EntrantId entrant) const {
  return hand_out("homestretch explain " + event_ + runner(entrant));
}

std::string Commands::gun(std::string_view race, std::string_view wave) const {
  return hand_out("homestretch gun " + event_ + " --race " + shell_word(race) + " --wave " +
                  (wave.empty() ? std::string("W") : shell_word(wave)) + " --at T --by NAME");
}

std::string Commands::undo(model::FactSeq fact) const {
  return hand_out("homestretch undo " + event_ + " " + std::to_string(fact.raw()) + " --by NAME");
}

std::string Commands::propose() const {
  return hand_out("homestretch doctor " + event_ + " --propose");
}

std::string Commands::propose_to_file() const {
  return hand_out("homestretch doctor " + event_ + " --propose > FILE");
}

std::string Commands::accept() const {
  return hand_out("homestretch accept " + event_ + " FILE --by NAME");
}

}  // namespace hs::present
