#pragma once

#include <compare>
#include <deque>
#include <string>
#include <vector>

#include "sim/emulators/emulator.h"

namespace hs::sim {

/// How a RACE RESULT decoder is set up.
struct RaceresultSetup {
  std::string name = "BOX";
  std::string device_id = "D-5001";
  std::string event_id = "0";  ///< Of the set of bibs that its chips belong to.
  std::string internal_data;
  std::uint32_t first_file = 1;  ///< Number of the file it writes first.
  enum class Mode : std::uint8_t { Test, Operation };
  Mode mode = Mode::Operation;  ///< At power-up; in Test it stores nothing.
  enum class Gps : std::uint8_t { No, Fix };
  Gps gps = Gps::Fix;   ///< Without it days are counted from 0000-00-00.
  base::Date power_up;  ///< Its first day, for that count.
};

/// A RACE RESULT decoder: the TCP server of a box, protocol 1.0 to 2.6.
///
/// Numbers begin anew with each file, which a `STARTOPERATION` opens. Passings are pulled (`5`,
/// `1:32`, `PASSINGS`, `GETFILE`) and, once `SETPUSHPASSINGS;1;0` was said, pushed from the next
/// one on: what was heard before, or while nobody was connected, must be pulled.
///
/// Up to protocol 1.5 a passing has the eight fields of old boxes, from 1.6 on all twenty. A gun is
/// a passing of chip 99999.
class RaceresultBox final : public Emulator {
 public:
  explicit RaceresultBox(RaceresultSetup setup, const WireTroubles& troubles = {});

  [[nodiscard]] Role role() const override { return Role::Answers; }

 private:
  struct Version {
    std::uint64_t major = 0, minor = 0;
    friend auto operator<=>(const Version&, const Version&) = default;
  };
  struct File {
    std::uint32_t number = 0;
    std::vector<std::size_t> reads;  ///< Indices of the memory.
  };

  void on_connect(const EmulatorTime& now) override;
  void on_disconnect() override;
  void on_bytes(std::string_view bytes, const EmulatorTime& now) override;
  void on_due(const EmulatorTime& now) override;

  void on_line(const std::string& line, const EmulatorTime& now);
  void set_protocol(const std::vector<std::string_view>& fields);
  void start_operation(const EmulatorTime& now);
  void set_time(const std::vector<std::string_view>& fields, const EmulatorTime& now);
  void set_push(const std::vector<std::string_view>& fields);
  void get_file(const std::vector<std::string_view>& fields);
  void get_passings(std::string_view asked);
  void send_passings(const File& file, std::uint64_t from, std::uint64_t count);
  void send_status(const EmulatorTime& now);
  void store_new();
  [[nodiscard]] std::string passing(const File& file, std::size_t index) const;
  [[nodiscard]] std::string date_and_time(base::ReaderTime right) const;

  RaceresultSetup setup_;
  LinesIn in_{"\r\n"};
  Version version_{2, 0};
  bool operating_;
  std::vector<File> files_;
  std::size_t looked_at_ = 0;  ///< Reads of the memory that are stored, or were heard in Test Mode.
  bool pushes_ = false;
  std::size_t pushed_ = 0;         ///< Of the last file.
  base::Duration set_by_{0};       ///< What SETTIME added to the dial.
  std::deque<std::string> asked_;  ///< Commands that wait until what was asked before is written.
};

}  // namespace hs::sim
