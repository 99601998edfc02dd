#include "app/simulated_folder.h"

#include <filesystem>

namespace hs::app {

base::Result<void> make_room(std::string folder) {
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  std::error_code ignored;
  if (!std::filesystem::exists(folder, ignored)) return {};
  if (std::filesystem::is_directory(folder, ignored) &&
      std::filesystem::is_empty(folder, ignored)) {
    return {};
  }
  if (!std::filesystem::is_regular_file(folder + "-truth.csv", ignored)) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found something there that no simulation made, expected a new folder",
                      {folder, 0, 0});
  }
  std::filesystem::remove_all(folder, ignored);
  return {};
}

}  // namespace hs::app
