#include "readers/open_session.h"

#include "readers/chronotrack_session.h"
#include "readers/mylaps_session.h"
#include "readers/raceresult_session.h"

namespace hs::readers {

base::Result<std::unique_ptr<DeviceSession>> open_session(const SessionContext& context) {
  const std::string& device = context.source.device;
  if (device == "chronotrack") return std::make_unique<ChronotrackSession>(context);
  if (device == "mylaps") return std::make_unique<MylapsSession>(context);
  if (device == "raceresult") return std::make_unique<RaceresultSession>(context);
  return base::fail(
      base::ErrorCode::Unsupported,
      "found the live device '" + device + "', expected one of: chronotrack, mylaps, raceresult");
}

}  // namespace hs::readers
