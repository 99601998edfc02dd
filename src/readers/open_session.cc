#include "readers/open_session.h"

#include "readers/chronotrack_session.h"
#include "readers/ipico_session.h"
#include "readers/lines_session.h"
#include "readers/llrp_session.h"
#include "readers/mylaps_session.h"
#include "readers/raceresult_session.h"
#include "readers/ultra_session.h"

namespace hs::readers {

base::Result<std::unique_ptr<DeviceSession>> open_session(const SessionContext& context) {
  const std::string& device = context.source.device;
  if (device == "chronotrack") return std::make_unique<ChronotrackSession>(context);
  if (device == "csv") return std::make_unique<LinesSession>(context);
  if (device == "ipico") return std::make_unique<IpicoSession>(context);
  if (device == "llrp") return std::make_unique<LlrpSession>(context);
  if (device == "mylaps") return std::make_unique<MylapsSession>(context);
  if (device == "raceresult") return std::make_unique<RaceresultSession>(context);
  if (device == "ultra") return std::make_unique<UltraSession>(context);
  return base::fail(base::ErrorCode::Unsupported,
                    "found the live device '" + device +
                        "', expected one of: chronotrack, csv, ipico, llrp, mylaps, raceresult, "
                        "ultra");
}

}  // namespace hs::readers
