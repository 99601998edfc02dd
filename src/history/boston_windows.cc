#include "history/boston_windows.h"

#include <array>

namespace hs::history {
namespace {

// 2020 was put off and then called off; whoever had qualified had done so for the day in April.
constexpr std::array kBoston = {
    QualifyingWindow{2013,
                     {2013, 4, 15},
                     {2011, 9, 24},
                     std::nullopt,
                     "B.A.A. standards for 2013, effective 24 September 2011"},
    QualifyingWindow{2014,
                     {2014, 4, 21},
                     {2012, 9, 22},
                     base::Date{2013, 9, 20},
                     "B.A.A. standards for 2014, effective 22 September 2012; acceptances, "
                     "25 September 2013"},
    QualifyingWindow{2015,
                     {2015, 4, 20},
                     {2013, 9, 14},
                     base::Date{2014, 9, 17},
                     "B.A.A. announcement of June 2014; acceptances, September 2014"},
    QualifyingWindow{2016,
                     {2016, 4, 18},
                     {2014, 9, 13},
                     base::Date{2015, 9, 23},
                     "B.A.A. page on qualifying for 2016; press of 30 September 2015"},
    QualifyingWindow{2017,
                     {2017, 4, 17},
                     {2015, 9, 19},
                     base::Date{2016, 9, 21},
                     "B.A.A. questions and answers; acceptances, 28 September 2016"},
    QualifyingWindow{2020,
                     {2020, 4, 20},
                     {2018, 9, 15},
                     base::Date{2019, 9, 18},
                     "B.A.A. notice on the close of registration, September 2019"},
    QualifyingWindow{2021,
                     {2021, 10, 11},
                     {2018, 9, 15},
                     base::Date{2021, 4, 23},
                     "B.A.A. announcement of 15 March 2021"},
    QualifyingWindow{
        2022, {2022, 4, 18}, {2019, 9, 1}, base::Date{2021, 11, 12}, "B.A.A. announcement of 2021"},
    QualifyingWindow{2023,
                     {2023, 4, 17},
                     {2021, 9, 1},
                     base::Date{2022, 9, 16},
                     "B.A.A. page on registration for 2023"},
    QualifyingWindow{2024,
                     {2024, 4, 15},
                     {2022, 9, 1},
                     base::Date{2023, 9, 15},
                     "B.A.A. announcement of 5 June 2023"},
    QualifyingWindow{
        2025, {2025, 4, 21}, {2023, 9, 1}, std::nullopt, "B.A.A. announcement of 5 June 2023"},
    QualifyingWindow{2026,
                     {2026, 4, 20},
                     {2024, 9, 1},
                     base::Date{2025, 9, 12},
                     "B.A.A. announcement on registration for 2026"},
    QualifyingWindow{
        2027, {2027, 4, 19}, {2025, 9, 13}, std::nullopt, "B.A.A. announcement of 16 June 2025"},
};

}  // namespace

std::span<const QualifyingWindow> boston_windows() { return kBoston; }

}  // namespace hs::history
