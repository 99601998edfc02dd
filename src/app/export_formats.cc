#include "app/export_formats.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "app/output_files.h"
#include "app/progress_bar.h"
#include "base/file.h"
#include "base/file_writer.h"
#include "moments/find_moments.h"
#include "present/export_hytek.h"
#include "present/export_iof.h"
#include "present/export_labels.h"
#include "present/export_lists.h"
#include "present/export_lynx.h"
#include "present/export_runsignup.h"
#include "present/export_tables.h"
#include "present/export_xlsx.h"
#include "present/results_csv.h"
#include "present/results_json.h"
#include "present/site_pages.h"
#include "present/table.h"

namespace hs::app {
namespace {

using base::Result;
using model::EventResults;
using present::ByteSink;

Result<void> put(const ExportRequest& request, const std::string& bytes) {
  if (!request.out.empty()) return base::write_file(request.out, bytes);
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
    return base::fail(base::ErrorCode::Io, "standard output took no more");
  }
  return {};
}

/// A file that is written while it is made, and there when it is whole.
Result<void> stream_to(const std::string& path,
                       const std::function<Result<void>(const ByteSink& sink)>& print) {
  HS_TRY(base::FileWriter file, base::FileWriter::open(path));
  Result<void> written;
  const Result<void> printed = print([&](std::string_view bytes) {
    if (written) written = file.write(bytes);
    return written.has_value();
  });
  HS_TRY_VOID(written);  // It says more than that the document could not be written.
  HS_TRY_VOID(printed);
  return file.keep();
}

Result<void> write_csv(const EventResults& results, const ExportRequest& request) {
  return put(request, present::results_csv(results));
}

Result<void> write_json(const EventResults& results, const ExportRequest& request) {
  return put(request, present::results_json(results));
}

Result<void> write_xlsx(const EventResults& results, const ExportRequest& request) {
  HS_TRY(const std::string bytes, present::results_xlsx(results, request.options));
  return put(request, bytes);
}

Result<void> write_pdf(const EventResults& results, const ExportRequest& request) {
  return stream_to(request.out, [&](const ByteSink& sink) {
    return present::print_lists(results, request.options, request.list, request.paper, sink,
                                progress_bar("printing"));
  });
}

Result<void> write_certificates(const EventResults& results, const ExportRequest& request) {
  return stream_to(request.out, [&](const ByteSink& sink) {
    return present::print_certificates(results, request.options, request.bibs, request.look,
                                       request.paper, sink, progress_bar("certificates"));
  });
}

Result<void> write_labels(const EventResults& results, const ExportRequest& request) {
  return stream_to(request.out, [&](const ByteSink& sink) {
    return present::print_award_labels(results, request.options, request.paper, sink);
  });
}

Result<void> write_announcer(const EventResults& results, const ExportRequest& request) {
  return stream_to(request.out, [&](const ByteSink& sink) {
    return present::print_announcer_sheets(results, request.options, request.paper, sink);
  });
}

Result<void> write_iof_results(const EventResults& results, const ExportRequest& request) {
  if (request.list == present::ListBy::Start) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found --list start with the format 'iof-results', expected the format "
                      "'iof-starts'");
  }
  return put(request, present::iof_results(results, request.options, request.list));
}

Result<void> write_iof_starts(const EventResults& results, const ExportRequest& request) {
  return put(request, present::iof_starts(results, request.options));
}

Result<void> write_iof_entries(const EventResults& results, const ExportRequest& request) {
  return put(request, present::iof_entries(results, request.options));
}

Result<void> write_ultrasignup(const EventResults& results, const ExportRequest& request) {
  const std::size_t blank = present::rows_without_gender(results, *request.options.race);
  if (blank > 0) {
    std::fprintf(stderr, "%zu without a sex: UltraSignup takes no row without a gender\n", blank);
  }
  return put(request, present::ultrasignup_csv(results, *request.options.race));
}

Result<void> write_gru(const EventResults& results, const ExportRequest& request) {
  return put(request, present::gru_csv(results, *request.options.race));
}

Result<void> write_runsignup(const EventResults& results, const ExportRequest& request) {
  return put(request, present::runsignup_json(results, *request.options.race));
}

Result<void> write_hytek(const EventResults& results, const ExportRequest& request) {
  const present::HytekFile file = present::hytek_file(results, request.options);
  if (file.rows_left_out > 0) {
    std::fprintf(stderr, "%zu left out: HY-TEK knows women and men only\n", file.rows_left_out);
  }
  return put(request, file.bytes);
}

Result<void> write_site(const EventResults& results, const ExportRequest& request) {
  const std::vector<model::Moment> moments = moments::find_moments(results);
  const auto sink = [&](const std::string& path, std::string_view bytes) -> Result<void> {
    const std::string file = request.out + "/" + path;
    HS_TRY_VOID(base::make_folder(std::filesystem::path(file).parent_path().string()));
    return base::write_file(file, bytes);
  };
  return present::write_site(results, moments, fans_to_tell(results, moments), sink,
                             progress_bar("pages"));
}

Result<void> write_lynx(const EventResults& results, const ExportRequest& request) {
  HS_TRY_VOID(base::make_folder(request.out));
  for (const present::NamedFile& file : present::lynx_files(results, request.options)) {
    HS_TRY_VOID(base::write_file(request.out + "/" + file.path, file.bytes));
  }
  return {};
}

constexpr ExportShape kText = ExportShape::Text;
constexpr ExportShape kFile = ExportShape::File;
constexpr ExportShape kFolder = ExportShape::Folder;
constexpr ExportRaces kAll = ExportRaces::All;
constexpr ExportRaces kAny = ExportRaces::Any;
constexpr ExportRaces kOne = ExportRaces::One;

constexpr std::array kFormats = {
    ExportFormat{"csv", "results.csv, as `score --out` writes it", kText, kAll, false, write_csv},
    ExportFormat{"json", "results.json, as `score --out` writes it", kText, kAll, false,
                 write_json},
    ExportFormat{"xlsx", "a workbook, a sheet a race", kFile, kAny, false, write_xlsx},
    ExportFormat{"pdf", "lists to print: results by race, sex or division; start lists", kFile,
                 kAny, true, write_pdf},
    ExportFormat{"certificates", "a page for each finisher (PDF)", kFile, kAny, false,
                 write_certificates},
    ExportFormat{"labels", "labels for awards (PDF)", kFile, kAny, false, write_labels},
    ExportFormat{"announcer", "sheets to announce from (PDF)", kFile, kAny, false, write_announcer},
    ExportFormat{"site", "a folder of pages for any web host, also from a disk", kFolder, kAll,
                 false, write_site},
    ExportFormat{"iof-results", "IOF XML 3.0 ResultList: orienteering, trail", kText, kAny, true,
                 write_iof_results},
    ExportFormat{"iof-starts", "IOF XML 3.0 StartList", kText, kAny, false, write_iof_starts},
    ExportFormat{"iof-entries", "IOF XML 3.0 EntryList", kText, kAny, false, write_iof_entries},
    ExportFormat{"ultrasignup", "UltraSignup results (CSV)", kText, kOne, false, write_ultrasignup},
    ExportFormat{"gru", "ChronoTrack General Results Upload, Athlinks (CSV)", kText, kOne, false,
                 write_gru},
    ExportFormat{"runsignup", "RunSignup full-results (JSON)", kText, kOne, false, write_runsignup},
    ExportFormat{"lynx", "FinishLynx lynx.ppl, lynx.evt and a .lif a race", kFolder, kAny, false,
                 write_lynx},
    ExportFormat{"hytek", "HY-TEK Meet Manager, semicolon-delimited", kText, kAny, false,
                 write_hytek},
};

}  // namespace

std::span<const ExportFormat> export_formats() { return kFormats; }

std::string export_formats_text() {
  using present::Align;
  present::Table table({{"format", Align::Left}, {"as", Align::Left}, {"holds", Align::Left}});
  constexpr std::array kShapes = {"text", "file", "folder"};
  for (const ExportFormat& format : kFormats) {
    table.add({{format.name}, {kShapes[static_cast<std::size_t>(format.shape)]}, {format.what}});
  }
  return table.text(0, present::Colour::No);
}

}  // namespace hs::app
