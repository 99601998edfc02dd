#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "sim/device_links.h"
#include "support/http_client.h"
#include "support/temp_folder.h"

namespace hs::e2e {

/// A port of this machine that nobody has now, and that nobody is given by chance.
inline std::uint16_t free_port() {
  const auto address = sim::free_address();
  HS_CHECK(address, "no free port for a test");
  return static_cast<std::uint16_t>(std::stoi(address->substr(address->rfind(':') + 1)));
}

/// A race of twelve on one day, as an event folder with live devices and as one with files, and
/// what its MYLAPS box heard. Runner i has bib 101 + i and chip AB10001 + i: 3 is private, 9 does
/// not come to the finish, 10 is not heard at half way, 11 does not start.
class SmallRace {
 public:
  static constexpr int kRunners = 12;

  static std::string bib(int runner) { return std::to_string(101 + runner); }
  static std::string chip(int runner) { return "AB" + std::to_string(10001 + runner); }

  /// A message of the box: one read of a runner, milliseconds after the gun.
  static std::string message(const std::string& location, int runner, int milliseconds,
                             int number) {
    char time[40];
    std::snprintf(time, sizeof time, "%02d:%02d:%02d.%03d", 10 + milliseconds / 3'600'000,
                  milliseconds / 60'000 % 60, milliseconds / 1000 % 60, milliseconds % 1000);
    return location + "@Passing@t=" + time + "|c=" + chip(runner) + "|d=260508|dv=4@" +
           std::to_string(number) + "@$";
  }

  static int start_ms(int runner) { return 2'310 + 1'370 * runner; }
  static int half_ms(int runner) { return 1'260'040 + 41'130 * ((runner * 5) % kRunners); }
  static int finish_ms(int runner) { return 2'580'870 + 83'290 * ((runner * 7) % kRunners); }

  /// All of the race in the order of its times; numbers from 1.
  static std::vector<std::string> messages() {
    std::vector<std::string> out;
    const auto add = [&](const char* location, int runner, int milliseconds) {
      out.push_back(message(location, runner, milliseconds, static_cast<int>(out.size()) + 1));
    };
    for (int i = 0; i < kRunners - 1; ++i) add("Start", i, start_ms(i));
    for (int i = 0; i < kRunners - 2; ++i) add("5K", i, half_ms(i));
    for (int i = 0; i < kRunners - 1; ++i) {
      if (i != 9) add("Finish", i, finish_ms(i));
    }
    return out;
  }

  static constexpr std::array<std::pair<const char*, const char*>, 3> kPlaces = {
      {{"Start", "arch"}, {"5K", "pier"}, {"Finish", "goal"}}};

  /// The same as the files that the box's program writes, one a location, in `folder`/reads.
  static void write_logs(const std::string& folder) {
    std::filesystem::create_directory(folder + "/reads");
    for (const auto& [location, mat] : kPlaces) {
      std::ofstream out(folder + "/reads/" + mat + ".txt", std::ios::binary);
      for (const std::string& line : messages()) {
        if (line.rfind(location, 0) == 0) out << line << "\n";
      }
    }
  }

  /// `sources`: the tables at the end of event.toml.
  static void write(const std::string& folder, const std::string& sources) {
    std::ofstream(folder + "/event.toml", std::ios::binary) << R"([event]
name = "Harbour 10"
date = 2026-05-08
timezone = "UTC"
[[race]]
id = "10k"
name = "Ten kilometres"
rules = "wa-road"
[[race.point]]
id = "start"
distance_m = 0
mat = "arch"
[[race.point]]
id = "5k"
distance_m = 5000
mat = "pier"
[[race.point]]
id = "finish"
distance_m = 10000
mat = "goal"
[[race.wave]]
id = "A"
gun = "10:00:00"
[[race.division]]
id = "W30"
sex = "F"
age_min = 30
age_max = 34
primary = true
)" << sources;
    std::ofstream entrants(folder + "/entrants.csv", std::ios::binary);
    entrants << "bib,chips,name,sex,age,race,wave,private,phone\n";
    for (int i = 0; i < kRunners; ++i) {
      entrants << bib(i) << "," << chip(i) << ",Runner Nr" << i << "," << (i % 2 == 0 ? "F" : "M")
               << "," << 29 + i % 7 << ",10k,A," << (i == 3 ? "yes" : "") << ",SECRET-PHONE\n";
    }
  }

  static std::string live_source(std::uint16_t port) {
    return "[[source]]\ndevice = \"mylaps\"\nclock = \"utc\"\nlisten = \"127.0.0.1:" +
           std::to_string(port) +
           "\"\nlocations = { \"Start\" = \"arch\", \"5K\" = \"pier\", \"Finish\" = \"goal\" }\n";
  }
  static std::string file_sources() {
    std::string out;
    for (const auto& [location, mat] : kPlaces) {
      out += std::string("[[source]]\nfile = \"reads/") + mat + ".txt\"\nmat = \"" + mat +
             "\"\nformat = \"mylaps\"\nclock = \"utc\"\n";
    }
    return out;
  }

  static std::string race_file(const std::string& folder) {
    return folder + "/" + folder.substr(folder.rfind('/') + 1) + ".race";
  }
};

/// The box, calling: it sends and waits for the thanks.
class Box {
 public:
  explicit Box(std::uint16_t port) : wire_(port) {}

  /// True once all of them were thanked for.
  bool send(const std::vector<std::string>& messages) {
    std::string all;
    for (const std::string& message : messages) all += message;
    if (!wire_.send(all)) return false;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      if (!wire_.read_until("AckPassing@") || !wire_.read_until("@$")) return false;
    }
    return true;
  }
  /// It says where it is, and is asked for its fields.
  bool greet(const std::string& location) {
    return wire_.send(location + "@Pong@$") && wire_.read_until("AckPong@").has_value();
  }

 private:
  test_support::HttpClient wire_;
};

}  // namespace hs::e2e
