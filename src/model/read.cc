#include "model/read.h"

#include <algorithm>
#include "base/sha256.h"

// Implementation notes: an identity is the first 128 bits of SHA-256 over the parts, each part
// led by its length, so that no two different lists of parts give the same bytes. For millions of
// reads the constant part (device and epoch) is short; the hash costs about 0.1 us.

namespace hs::model {
namespace {

void add_text(std::string& out, std::string_view text) {
  out += static_cast<char>(text.size() & 0xff);
  out += static_cast<char>((text.size() >> 8) & 0xff);
  out += text;
}

void add_number(std::string& out, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

Identity cut(const std::string& bytes) {
  const base::Digest digest = base::sha256(bytes);
  Identity out{};
  std::copy(digest.begin(), digest.begin() + out.size(), out.begin());
  return out;
}

std::string begin_key(char kind, const Stream& stream) {
  std::string key(1, kind);
  add_text(key, stream.device);
  add_text(key, stream.epoch);
  return key;
}

}  // namespace

std::uint64_t position_of(const Read& read) { return read.device_seq.value_or(read.line); }

Identity identity_of(const Stream& stream, const Read& read) {
  std::string key = begin_key(read.device_seq ? 's' : 'c', stream);
  if (read.device_seq) {
    add_number(key, *read.device_seq);
    return cut(key);
  }
  add_text(key, stream.mat);
  key += static_cast<char>(read.by);
  add_text(key, read.tag.view());
  add_number(key, static_cast<std::uint64_t>(read.time.time_since_epoch().count()));
  key += static_cast<char>(read.antenna);
  return cut(key);
}

Identity identity_of(const Stream& stream, const Marker& marker) {
  std::string key = begin_key('m', stream);
  key += static_cast<char>(marker.kind);
  add_number(key, marker.before_seq);
  add_number(key, static_cast<std::uint64_t>(marker.time.time_since_epoch().count()));
  add_text(key, marker.text);
  return cut(key);
}

bool same_content(const Read& a, const Read& b) {
  return a.by == b.by && a.tag == b.tag && a.time == b.time && a.antenna == b.antenna;
}

}  // namespace hs::model
