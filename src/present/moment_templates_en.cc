#include "present/moment_templates.h"

// Implementation notes: plain past tense, so that verbs need no agreement. No sentence gives a
// cause or a feeling; what moves is in the numbers.

namespace hs::present {

const MomentTemplates kEnglishMoments = {
    .agreement = {{{"She", "her", "she"}, {"He", "him", "he"}, {"They", "them", "they"}}},
    .half_way = "half way",
    .start = "the start",
    .finish = "the finish",
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

    .stop_headline = {"{name} needed {minutes} minutes from {from} to {to}, went on and finished "
                      "in {total}",
                      "{name} needed {minutes} minutes for {length}, went on and finished"},
    .stop_passed = "{name} passed {from} after {passed}.",
    .stop_took =
        "The {length} to {to} took {them} {took}, {lost} longer than at the pace before and "
        "behind that stretch.",
    .stop_none_longer = "None of {of} finishers timed there took longer.",
    .stop_one_longer = "Of {of} finishers timed there, one took longer.",
    .stop_some_longer = "Of {of} finishers timed there, {slower} took longer.",
    .stop_finished = "{they} went on at about the pace of before and finished in {total}.",

    .comeback_headline = {"{name} slowed to {dip_pace} a kilometre before {to}, then ran the last "
                          "{rest} at {rest_pace}",
                          "{name} slowed before {to}, then ran the last {rest} at {rest_pace}"},
    .comeback_dip =
        "{name} ran to {from} at {before_pace} a kilometre, and from there to {to} at "
        "{dip_pace}.",
    .comeback_rest = "The last {rest} {they_within} ran at {rest_pace}, and finished in {total}.",
    .comeback_expected =
        "By the pace until there and by what the field did that day, {expected} could be "
        "expected; for nine in ten it would be between {least} and {most}, and it was "
        "{took}.",
    .comeback_only = "Of {slowed} who slowed like that after half way, nobody else came back.",
    .comeback_few =
        "Of {slowed} who slowed like that after half way, {back} came back to about the pace of "
        "before.",

    .last_headline = {"{name} kept going, and was the last recorded at the line, {clock} after "
                      "the first gun",
                      "{name} kept going, and was the last recorded at the line"},
    .last_line =
        "{name} crossed the line {clock} after the first gun, the last of {of} finishers "
        "recorded there, {gap} behind the one before.",
    .last_own = "{they} finished in {total}.",

    .places_headline = {"{name} won {won} places over the last {rest}",
                        "{name} won {won} places over the last {rest}"},
    .places_won =
        "By net time {name} was number {earlier} of {of} finishers at {from}, and number "
        "{at_finish} at the line.",
    .places_rest = "{they} ran the last {rest} in {took} and finished in {total}.",

    .even_headline = {"{name} ran every stretch between {fast} and {slow} a kilometre, and "
                      "finished in {total}",
                      "{name} ran every stretch between {fast} and {slow} a kilometre"},
    .even_range =
        "The course was timed in {stretches} stretches: {name} was fastest between {fast_from} "
        "and {fast_to}, at {fast} a kilometre, and slowest between {slow_from} and {slow_to}, "
        "at {slow}.",
    .even_field =
        "No other of {of} finishers timed over all of them kept within so small a range; "
        "{they_within} finished in {total}.",

    .oldest_headline = {"{name}, {years}, was the oldest to finish, in {total}",
                        "{name}, {years}, was the oldest to finish"},
    .oldest_finished = "{name} was {years} on the day of the race, and finished in {total}.",
    .oldest_next =
        "Of {of} finishers whose age is known nobody was older; the next oldest was {next}.",

    .met_headline = {"{name} and {second_name} started {gap_minutes} minutes apart, met on the "
                     "course and stayed level",
                     "{name} and {second_name} met on the course and stayed level"},
    .met_before =
        "{name} and {second_name} started {gap} apart, and at {before} there were still {apart} "
        "between them.",
    .met_level =
        "From {from} to {to}, {points} mats in a row heard them within {within} seconds of each "
        "other.",
    .met_line = "They finished {line} apart, in {total} and {second_total} by their own starts.",

    .same_headline = {"{name} and {second_name} had the same times all day, and lost "
                      "{loss_minutes} minutes in the same stretch",
                      "{name} and {second_name} had the same times at every point"},
    .same_points =
        "At all {points} points that timed both, the net times of {name} and {second_name} are "
        "within {within} seconds of each other.",
    .same_loss =
        "Between {loss_from} and {loss_to}, which took {took}, each lost at least {loss} against "
        "the pace until there.",
    .same_finished = "They finished in {total} and {second_total}.",

    .group_headline = {"{count} of one group crossed the line within {within} seconds",
                       "{count} of one group crossed the line within {within} seconds"},
    .group_named_headline = {"{count} of {group} crossed the line within {within} seconds",
                             "{count} of one group crossed the line within {within} seconds"},
    .group_line =
        "{name} crossed the line {clock} after the first gun, and the others within {within} "
        "seconds.",
    .group_all = "They are all {of} of their group who finished.",
    .group_some = "{of} of their group finished.",

    .photo_headline = {"{name} was first {among}, less than a second before {second_name}",
                       "Less than a second between {name} and {second_name}, first and second"},
    .photo_among = {"of the women", "of the men", "of their category", "of all"},
    .photo_times =
        "{name} was first {among} and {second_name} second, less than a second apart at the "
        "line; their own times were {total} and {second_total}.",
    .photo_front = "The first {of} {among} came in within {spread}.",

    .lead_headline = {"{behind} behind at {from}, {name} passed {second_name} and was first "
                      "{among}",
                      "{behind} behind at {from}, {name} was first {among}"},
    .lead_behind = "{name} passed {from} {behind} behind {second_name}, who led there.",
    .lead_rest = "For the last {rest} {name} needed {took} and {second_name} {second_took}.",
    .lead_line = "{name} was first {among} in {total}, {ahead} ahead at the line.",

    .guide_headline = {"{name} and guide {second_name} finished in {total}",
                       "{name} finished in {total} with a guide"},
    .guide_pair = "{second_name} is entered as guide of {name}.",
    .guide_line =
        "They crossed the line within {within} seconds of each other, in {total} and "
        "{second_total}.",

    .first_headline = {"A first finish: {name}, in {total}", "A first finish: {name}, in {total}"},
    .first_words = "\u201c{words}\u201d, {name} wrote before the race.",
    .first_finished = "It was a first, by the entry list, and {they_within} finished in {total}.",
};

}  // namespace hs::present
