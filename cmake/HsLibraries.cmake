# Third-party libraries. All are Debian packages installed by `./dev setup`; nothing is fetched.
find_package(Threads REQUIRED)
# Beast before 1.81 starves event streams; refusing here is better than finding out on race day.
find_package(Boost 1.81 REQUIRED)
find_package(tl-expected REQUIRED)      # header only
find_package(fmt 9 REQUIRED)            # fmt::fmt
find_package(spdlog REQUIRED)           # spdlog::spdlog
find_package(CLI11 REQUIRED)            # CLI11::CLI11
find_package(SQLite3 3.40 REQUIRED)     # SQLite::SQLite3
find_package(simdjson REQUIRED)         # simdjson::simdjson
find_package(RapidJSON REQUIRED)        # header only
find_package(tomlplusplus REQUIRED)     # tomlplusplus::tomlplusplus
find_package(date REQUIRED)             # date::date, date::date-tz: reads the system's zones
find_package(ICU REQUIRED COMPONENTS uc i18n)  # ICU::uc, ICU::i18n
find_package(FastFloat REQUIRED)        # FastFloat::fast_float
find_package(OpenSSL REQUIRED COMPONENTS Crypto)  # OpenSSL::Crypto: SHA-256, scrypt
find_package(ZLIB REQUIRED)             # ZLIB::ZLIB
find_package(pugixml REQUIRED)          # pugixml::pugixml
find_package(PkgConfig REQUIRED)        # for libraries that bring no CMake file
pkg_check_modules(PangoCairo REQUIRED IMPORTED_TARGET pangocairo>=1.50)  # PkgConfig::PangoCairo
# Its -pthread defines a macro with which the precompiled test header could not be used.
set_target_properties(PkgConfig::PangoCairo PROPERTIES INTERFACE_COMPILE_OPTIONS "")
pkg_check_modules(XlsxWriter REQUIRED IMPORTED_TARGET xlsxwriter>=1.1)  # PkgConfig::XlsxWriter
