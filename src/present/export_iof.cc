#include "present/export_iof.h"

#include <algorithm>
#include <optional>
#include <pugixml.hpp>
#include <string_view>

#include "present/export_stamp.h"
#include "present/listing.h"

namespace hs::present {
namespace {

using model::EventResults;
using model::RunnerResult;
using pugi::xml_node;

constexpr const char* kNamespace = "http://www.orienteering.org/datastandard/3.0";

/// XML 1.0 has no way to write a control character.
std::string clean(std::string_view text) { return plain_field(text, '\0'); }

void add_text(xml_node into, const char* name, std::string_view text) {
  into.append_child(name).text().set(clean(text).c_str());
}

std::string instant(const EventResults& results, base::RaceTime at) {
  return base::format_rfc3339(at, model::utc_offset_at(results.event, at));
}

/// "5465", "5465.2": seconds, as far as the value has them and to the thousandth at most.
std::string seconds_text(base::Duration value) {
  constexpr std::int64_t kMillisPerSecond = 1000;
  const std::int64_t millis = value.count() / kMillisPerSecond;
  std::string out = std::to_string(millis / kMillisPerSecond);
  std::string fraction = std::to_string(kMillisPerSecond + millis % kMillisPerSecond).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? out : out + "." + fraction;
}

const char* status_of(model::RunnerStatus status) {
  switch (status) {
    case model::RunnerStatus::Finished:
      return "OK";
    case model::RunnerStatus::Entered:
      return "Inactive";
    case model::RunnerStatus::Running:
    case model::RunnerStatus::Unresolved:
    case model::RunnerStatus::Stopped:
      return "Active";
    case model::RunnerStatus::DidNotFinish:
      return "DidNotFinish";
    case model::RunnerStatus::DidNotStart:
      return "DidNotStart";
    case model::RunnerStatus::Disqualified:
      return "Disqualified";
    case model::RunnerStatus::OutOfCompetition:
      return "NotCompeting";
    case model::RunnerStatus::Deferred:
      return "DidNotEnter";
  }
  return "Inactive";
}

/// The document with its event; what follows goes into the root.
xml_node begin(pugi::xml_document& document, const EventResults& results, const char* root) {
  const ResultsStamp stamp = stamp_of(results);
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  document.append_child(pugi::node_comment).set_value((" " + stamp_line(stamp) + " ").c_str());
  xml_node out = document.append_child(root);
  out.append_attribute("xmlns") = kNamespace;
  out.append_attribute("iofVersion") = "3.0";
  out.append_attribute("createTime") = instant(results, stamp.at).c_str();
  out.append_attribute("creator") = "Homestretch";
  xml_node event = out.append_child("Event");
  add_text(event, "Name", results.event.name);
  add_text(event.append_child("StartTime"), "Date", base::format_date(results.event.date));
  return out;
}

std::string finish(const pugi::xml_document& document) {
  struct Writer : pugi::xml_writer {
    std::string out;
    void write(const void* data, std::size_t size) override {
      out.append(static_cast<const char*>(data), size);
    }
  } writer;
  document.save(writer, " ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(writer.out);
}

void add_person(xml_node into, const ExportRow& row) {
  xml_node person = into.append_child("Person");
  if (row.sex && *row.sex != model::Sex::X) {
    person.append_attribute("sex") = model::name_of(*row.sex);
  }
  xml_node name = person.append_child("Name");
  add_text(name, "Family", row.last);
  add_text(name, "Given", row.first);
  const std::string& organisation = row.club.empty() ? row.team : row.club;
  if (!organisation.empty()) add_text(into.append_child("Organisation"), "Name", organisation);
}

void add_class(xml_node into, const model::Race& race, const std::string& part) {
  xml_node of = into.append_child("Class");
  const std::string& name = race.name.empty() ? race.id : race.name;
  add_text(of, "Id", part.empty() ? race.id : race.id + " " + part);
  add_text(of, "Name", part.empty() ? name : name + " " + part);
}

void add_course(xml_node into, const model::Race& race) {
  const base::Distance length = race.points.back().distance;
  add_text(into.append_child("Course"), "Length",
           seconds_text(base::Duration(length.in_millimetres() * 1000)));
}

/// The finish is a time of its own in this standard, not a control.
void add_splits(xml_node into, const model::Race& race, const RunnerResult& result) {
  for (std::size_t i = 1; i + 1 < race.points.size() && i < result.splits.size(); ++i) {
    if (race.points[i].role != model::PointRole::Timed) continue;
    xml_node split = into.append_child("SplitTime");
    const auto& net = result.splits[i].net;
    if (!net) split.append_attribute("status") = "Missing";
    add_text(split, "ControlCode", race.points[i].id);
    if (net) add_text(split, "Time", seconds_text(net->value()));
  }
}

void add_result(xml_node into, const EventResults& results, const ExportRow& row, ListBy by,
                std::optional<base::Duration> best) {
  const RunnerResult& result = results.runners[row.entrant.raw()];
  const model::Race& race = results.event.races[result.race.raw()];
  xml_node one = into.append_child("PersonResult");
  add_person(one, row);
  xml_node out = one.append_child("Result");
  add_text(out, "BibNumber", row.bib);
  if (result.start_at) add_text(out, "StartTime", instant(results, *result.start_at));
  const auto& last = result.splits.empty() ? std::nullopt : result.splits.back().passing;
  if (row.official && last) add_text(out, "FinishTime", instant(results, last->at));
  if (row.official) add_text(out, "Time", seconds_text(*row.official));
  if (row.place && row.official && best) {
    add_text(out, "TimeBehind", seconds_text(*row.official - *best));
  }
  if (const auto place = place_in(result, by)) {
    add_text(out, "Position", std::to_string(place->place));
  }
  add_text(out, "Status", status_of(row.status));
  if (result.start_at) add_splits(out, race, result);
}

}  // namespace

std::string iof_results(const EventResults& results, const ExportOptions& options, ListBy by) {
  pugi::xml_document document;
  xml_node root = begin(document, results, "ResultList");
  root.append_attribute("status") = stamp_of(results).is_final ? "Complete" : "Snapshot";
  for (const model::RaceId id : races_of(results, options)) {
    const model::Race& race = results.event.races[id.raw()];
    for (const ListGroup& group : list_groups(results, id, by, Language())) {
      xml_node of = root.append_child("ClassResult");
      add_class(of, race, group.title);
      add_course(of, race);
      std::optional<base::Duration> best;
      for (const model::EntrantId entrant : group.ids) {
        const ExportRow row = export_row(results, entrant);
        if (row.place && !best) best = row.official;
        add_result(of, results, row, by, best);
      }
    }
  }
  return finish(document);
}

std::string iof_starts(const EventResults& results, const ExportOptions& options) {
  pugi::xml_document document;
  xml_node root = begin(document, results, "StartList");
  for (const model::RaceId id : races_of(results, options)) {
    const model::Race& race = results.event.races[id.raw()];
    xml_node of = root.append_child("ClassStart");
    add_class(of, race, "");
    add_course(of, race);
    for (const ListGroup& group : list_groups(results, id, ListBy::Start, Language())) {
      for (const model::EntrantId entrant : group.ids) {
        const RunnerResult& result = results.runners[entrant.raw()];
        const ExportRow row = export_row(results, entrant);
        xml_node one = of.append_child("PersonStart");
        add_person(one, row);
        xml_node start = one.append_child("Start");
        add_text(start, "BibNumber", row.bib);
        const auto gun = result.wave ? race.waves[result.wave->raw()].gun : std::nullopt;
        if (gun) add_text(start, "StartTime", instant(results, *gun));
      }
    }
  }
  return finish(document);
}

std::string iof_entries(const EventResults& results, const ExportOptions& options) {
  pugi::xml_document document;
  xml_node root = begin(document, results, "EntryList");
  for (const model::RaceId id : races_of(results, options)) {
    for (const ListGroup& group : list_groups(results, id, ListBy::Start, Language())) {
      for (const model::EntrantId entrant : group.ids) {
        xml_node one = root.append_child("PersonEntry");
        const ExportRow row = export_row(results, entrant);
        add_text(one, "Id", results.event.races[id.raw()].id + "-" + row.bib);
        add_person(one, row);
        add_class(one, results.event.races[id.raw()], "");
      }
    }
  }
  return finish(document);
}

}  // namespace hs::present
