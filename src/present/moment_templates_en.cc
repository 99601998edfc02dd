#include "present/moment_templates.h"

// Implementation notes: plain past tense, so that verbs need no agreement. No sentence gives a
// cause or a feeling; what moves is in the numbers.

namespace hs::present {

const MomentTemplates kEnglishMoments = {
    .agreement = {{{"She", "her"}, {"He", "him"}, {"They", "them"}}},
    .half_way = "half way",
    .bib = "Bib ",
    .kilometres = " km",
    .metres = " m",
    .thousands = ',',
    .decimal = '.',

    .collapse_headline = {"Past {from} in {passed}, {name} needed {minutes} minutes for the last "
                          "{rest}, and finished",
                          "{name} needed {minutes} minutes for the last {rest}, and finished"},
    .collapse_passed = "{name} passed {from} after {passed}.",
    .collapse_expected =
        "By the pace until there and by what the field did that day, the last "
        "{rest} could be expected to take {expected}; for nine in ten it would "
        "be between {least} and {most}.",
    .collapse_none_longer =
        "It took {them} {took}, and none of {of} finishers timed over that "
        "stretch took longer.",
    .collapse_one_longer =
        "It took {them} {took}; of {of} finishers timed over that stretch, one "
        "took longer.",
    .collapse_some_longer =
        "It took {them} {took}; of {of} finishers timed over that stretch, "
        "{slower} took longer.",
    .collapse_finished = "{they} went on to the line and finished in {total}.",

    .split_headline = {"{name} ran the second half {faster} faster than the first",
                       "{name} ran the second half {faster} faster than the first"},
    .split_other_headline = {"From {from} on, {name} ran faster than before, and finished in "
                             "{total}",
                             "{name} ran the later part faster than the first, and finished in "
                             "{total}"},
    .split_halves = "{name} ran the first half in {first} and the second in {second}.",
    .split_other_parts =
        "{name} ran to {from} in {first} and the remaining {rest} in {second}, "
        "less for each kilometre than before.",
    .split_expected =
        "By the pace until there and by what the field did that day, {expected} "
        "could be expected from there to the line; for nine in ten it would be "
        "between {least} and {most}.",
    .split_only_one =
        "Nobody else of {of} finishers timed at {from} was faster behind it than "
        "before.",
    .split_few = "Of {of} finishers timed at {from}, {negative} were faster behind it than before.",
    .split_finished = "{they} finished in {total}.",

    .gap_headline = {"{name} and {second_name} started {gap_minutes} minutes apart and finished "
                     "within a second",
                     "Started {gap_minutes} minutes apart, {name} and {second_name} finished "
                     "within a second"},
    .loss_headline = {"{name} and {second_name} both lost {loss_minutes} minutes, and finished "
                      "within a second",
                      "{name} and {second_name} finished within a second"},
    .gap_line =
        "{name} and {second_name} started {gap} apart and crossed the line less than a "
        "second apart, {clock} after the first gun.",
    .loss_line =
        "{name} and {second_name} crossed the line less than a second apart, {clock} "
        "after the first gun.",
    .own_times = "Their own times were {total} and {second_total}.",
    .crowd_none = "Nobody else finished in the {crowd_minutes} minutes around them.",
    .crowd_one = "One other finished in the {crowd_minutes} minutes around them.",
    .crowd_some = "In the {crowd_minutes} minutes around them, {crowd} others finished.",
    .agreed_once =
        "The mat before the line, at {from}, had heard them within {within} seconds "
        "as well.",
    .agreed_some =
        "On the way, the last {points} of {common} mats had heard them within {within} "
        "seconds of each other.",
    .agreed_always =
        "All {common} mats on the way had heard them within {within} seconds of "
        "each other.",
    .shared_loss =
        "Between {loss_from} and {loss_to} each of them took at least {loss} longer "
        "than at the pace until there.",
};

}  // namespace hs::present
