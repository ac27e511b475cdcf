// What each symptom is, in the words that people read. Lines without a source are our judgement;
// docs/method/diagnosis.md says so of each, with its reason.
#include <array>

#include "rooms/partnership/engine/symptom.h"

namespace tiebeam::partnership {
namespace {

constexpr std::array kSymptoms = {
    Symptom{
        .id = "late_involvement",
        .title = "IT hears of ideas late",
        .label = "Initiatives that IT joined more than 30 days after the idea",
        .unit = "share",
        .line = 0.5,
        .line_reason = "partners who meet every month would have met by then; more than half is "
                       "the rule and not the exception (our judgement)",
        .why = "Who joins late can only carry out what others have decided.",
        .limits = "A ticket list does not hold it: the idea is older than its first ticket.",
        .ask = "Ask of the three largest pieces of work: who spoke of it first, when, and when was "
               "IT asked? Record it: tiebeam record initiative set ID idea_at=2026-01-10 "
               "it_involved_at=2026-03-02",
        .remedy = "Ask one partner for a seat in the meeting where their next idea is first spoken "
                  "of."},
    Symptom{.id = "no_purpose",
            .title = "Work without a purpose",
            .label = "Work that leads to no priority or initiative",
            .unit = "share",
            .line = 0.5,
            .line_reason = "more of the work serves nothing that anybody has named than serves "
                           "something; repairs and upkeep will always be a part (our judgement)",
            .why = "Work that serves nothing anybody named takes the time of work that does.",
            .limits = "A missing tie is not a missing purpose: somebody may know it and have "
                      "written it nowhere.",
            .ask = "Take ten open tickets and ask who asked for each what becomes better by it.",
            .remedy = "Write down the three things the business wants most, and tie the ten oldest "
                      "open tickets to them; close what serves none."},
    Symptom{
        .id = "solution_shaped",
        .title = "Requests that order a solution",
        .label = "Requests whose title orders a solution",
        .unit = "share",
        .line = 0.5,
        .line_reason = "most who ask have decided what IT shall do before they say what they need "
                       "(our judgement)",
        .why = "Who is told the solution cannot offer a better or a cheaper one.",
        .limits = "A title is not the talk before it, and an order from an agreed catalogue is as "
                  "it should be.",
        .ask = "Read twenty of these requests with the people who asked: was the need ever said?",
        .remedy = "Put one question on the request form before 'what shall we do?': what can you "
                  "not do today, and what does it cost you?"},
    Symptom{.id = "unplanned",
            .title = "Everything is urgent",
            .label = "Begun work that was urgent and that nobody had planned",
            .unit = "share",
            .line = 0.2,
            .line_reason = "what a value stream keeps free for it unless it says otherwise "
                           "(docs/method/unplanned.md, our judgement)",
            .why = "Urgent work that nobody planned pushes out what was promised.",
            .limits = "It takes the word of the source for what is urgent.",
            .ask = "Ask who sets the priority, and what happened to the last ten tickets of the "
                   "highest one that waited.",
            .remedy =
                "Look for what the urgent work has in common and mend the most frequent cause "
                "first."},
    Symptom{
        .id = "single_holders",
        .title = "Heroes on whom all hangs",
        .label = "People who must be away until most kinds of work stand still",
        .unit = "people",
        .line = 2,
        .sense = Sense::at_most,
        .line_reason =
            "one on holiday and one ill happens every year; most of the software "
            "projects that Avelino and others counted (2016) rest on two people or fewer",
        .why = "Where one person alone can finish it, everybody's plans hang on that person.",
        .examples = "flow.concentration.single_holder",
        .limits = "It sees who finished work, not who could have.",
        .ask = "Ask of each kind of work named: who would do it tomorrow if that person were away?",
        .remedy = "Let a second person finish the next pieces of the kind of work that waits most, "
                  "with the first one beside."},
    Symptom{
        .id = "bottleneck",
        .title = "More comes in than gets done",
        .label = "Growth of the work in hand",
        .unit = "items a week",
        .line = 0,
        .line_reason = "a pile that grows every week has no end; said only when the whole interval "
                       "lies above 0",
        .why = "When the pile grows, every date slips and IT is called the bottleneck.",
        .examples = "flow.age.p85",  // the oldest open work
        .limits = "It counts pieces, not their size, and only the weeks that were read.",
        .ask = "Ask what was turned down in these weeks: where nothing is, the pile is the answer.",
        .remedy = "Agree with the partners what is not begun this month; a list of what waits is "
                  "more honest than a date."},
    Symptom{.id = "waiting",
            .title = "IT waits for the business",
            .label = "Waiting of finished work that was for the business",
            .unit = "share",
            .line = 0.25,
            .line_reason = "a quarter of the waiting for decisions, answers and money: needs are "
                           "cleared up by waiting instead of by talking before (our judgement)",
            .why = "Each side waits for the other, and each counts only its own part.",
            .limits = "It knows what the states say: work that is set to 'waiting' late or never "
                      "hides its waits.",
            .ask = "Ask of the five oldest open tickets: whose turn is it, and since when?",
            .remedy =
                "Agree with the partners how fast each side answers, and look at the five oldest "
                "waits together once a week."}};

}  // namespace

std::span<const Symptom> symptoms() { return kSymptoms; }

}  // namespace tiebeam::partnership
