#pragma once

#include <string>

#include "present/page_plot.h"

namespace hs::present {

/// A picture and what is said under it.
struct Figure {
  Plot plot;
  std::string caption;  ///< Plain text, names isolated.
};

}  // namespace hs::present
