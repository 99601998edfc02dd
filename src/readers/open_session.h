#pragma once

#include <memory>

#include "base/result.h"
#include "readers/device_session.h"

namespace hs::readers {

/// A session of the protocol that `context.source.device` names.
/// Errors: Unsupported for a device that this version does not speak with.
[[nodiscard]] base::Result<std::unique_ptr<DeviceSession>> open_session(
    const SessionContext& context);

}  // namespace hs::readers
