#include "present/plot_words.h"

#include <cmath>

#include "present/sentences.h"

namespace hs::present {

std::string kilometre_words(double kilometres, Language language) {
  constexpr double kMillimetres = 1e6;
  if (!(kilometres > 0)) return said(language, "picture.start");
  Sentences words(language);
  words.add_length("length", std::llround(kilometres * kMillimetres));
  return words.text({{"picture.length"}});
}

std::string point_words(const model::Race& race, const std::string& id, Language language) {
  Sentences words(language);
  words.add_point("to", race, id);
  return words.text({{"evidence.point"}});
}

}  // namespace hs::present
