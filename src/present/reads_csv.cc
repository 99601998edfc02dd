#include "present/reads_csv.h"

#include <cstddef>
#include <string>

#include "present/csv_cell.h"
#include "present/read_index.h"
#include "present/reason.h"

namespace hs::present {
namespace {

/// Files are read by people in whole milliseconds; finer times keep their digits.
constexpr int kTimeDecimals = 3;

void append_source(CsvRow& row, const model::ReadView& read, const model::StreamHealth* stream) {
  row.text(stream != nullptr ? stream->stream.file : "")
      .text(stream != nullptr ? stream->stream.device : "")
      .plain(read.device_seq.has_value() ? std::to_string(*read.device_seq) : "")
      .text(stream != nullptr ? stream->stream.mat : "")
      .text(read.tag.view());
}

}  // namespace

std::string reads_csv(const model::EventResults& results, std::span<const std::uint32_t> copies) {
  const ReadIndex index(results);
  std::string out =
      "source,device,seq,mat,tag,bib,point,time,role,verdict,reason,copies,race,fact\n";
  for (const model::ReadView& read : results.reads) {
    const model::StreamHealth* stream = index.stream(read.stream);
    const model::Race* race = nullptr;
    if (read.entrant.has_value()) {
      race = &results.event.races[results.runners[read.entrant->raw()].race.raw()];
    }
    // A read without a stream was entered by a person, which is what `manual` says.
    const model::ReadRole role = stream != nullptr ? stream->stream.role : model::ReadRole::Manual;
    const std::size_t fact = read.fact.raw();
    CsvRow row(out);
    append_source(row, read, stream);
    row.text(read.entrant.has_value() ? results.entrants[read.entrant->raw()].bib.view() : "")
        .text(race != nullptr && read.point.has_value() ? race->points[read.point->raw()].id : "")
        .plain(base::format_rfc3339(read.time, model::utc_offset_at(results.event, read.time),
                                    kTimeDecimals))
        .plain(model::name_of(role))
        .plain(model::name_of(read.verdict))
        .text(reason_for(read, results, index))
        .plain(std::to_string(fact < copies.size() ? copies[fact] : 0))
        .text(race != nullptr ? race->id : "")
        .plain(std::to_string(fact));
    row.end();
  }
  return out;
}

}  // namespace hs::present
