"""Every rule the coach applies, with the advice and studies it comes from.

The texts of each rule are in `data/words/rules.yaml`, under the same key.
"""

from __future__ import annotations

RULES: dict[str, tuple[str, ...]] = {
    # the list of today
    "promise": ("B48", "B49"),
    "promise_undated": ("B48", "B49"),
    "first_thanks": ("B46", "B47", "vergara-hidd-2023", "kumar-epley-2018"),
    "second_touch": ("B50", "vergara-hidd-2023"),
    "third_touch": ("B50",),
    "first_news": ("B47", "B52"),
    "give_back": ("A26", "B53", "B65"),
    "occasion": ("A54", "B13"),
    "occasion_event": ("A30", "A31"),
    "due": ("A41", "B12", "dunbar-layers"),
    "goal": ("A14", "B33", "B41"),
    "goal_step": ("A16", "B25"),
    "goal_now": ("A11", "A14"),
    "talk_remembered": ("A41", "B12", "dunbar-layers"),
    "dormant": ("B12", "levin-2011", "liu-2022"),
    "usual_channel": ("B51",),
    "fading_nothing": ("B12",),
    "fading_hurt": ("B12",),
    "lighter": ("B52",),
    "begin_work": ("A3", "A39"),
    "begin_study": ("A4",),
    "begin_study_with": ("A4",),
    "begin_introduced": ("A5", "B69"),
    # gates: why a contact is not on the list of today
    "gate_do_not_contact": ("A44", "B15"),
    "gate_signs": ("B19", "A44"),
    "gate_closed": ("A23", "A43"),
    "gate_they_begin": ("A26", "B66"),
    "gate_quiet": ("A43",),
    "gate_unanswered": ("B15", "B30"),
    "gate_afternoon": ("A45",),
    "gate_comfort": ("A44", "A45"),
    "gate_week_full": ("A43", "B72"),
    "gate_widen": ("B5",),
    "gate_rest": ("A43",),
    "welcome_back": ("A43", "B5"),
    # questions that wait for their day
    "asked_later": ("A8", "A53"),
    # small gifts
    "gift_own": ("A34", "A36"),
    "gift_gladdened": ("A33", "A57"),
    "gift_gladdened_other": ("A33", "A57"),
    "gift_worth_twice": ("B72", "A33"),
    "gift_need": ("A25", "B36", "B56", "B64"),
    "gift_pleases": ("A25", "A33"),
    "gift_suits": ("A25", "A33", "B36"),
    "gift_topic": ("B57", "B58"),
    "gift_hobby": ("B57", "B58"),
    "gift_before_ask": ("A26", "B66"),
    "gift_seen": ("B39", "B56"),
    "gift_offer": ("A27", "A32", "B36"),
    "gift_anyone": ("A26", "A27", "A32"),
    # before a give
    "give_wanted": ("A33", "A36"),
    "give_easy": ("A27", "A43"),
    "give_strings": ("B67",),
    # people in focus
    "focus_goal": ("A38", "A41"),
    "focus_fit": ("A41", "A45", "B77"),
    "focus_full": ("A41", "A43"),
    # the goal, its plans and places
    "plan_cue": ("B35", "sheeran-2024"),
    "plan_act": ("B74", "gollwitzer-sheeran-2006"),
    "plan_act_unseen": ("B74", "gollwitzer-sheeran-2006"),
    "plan_act_not": ("B32", "gollwitzer-sheeran-2006"),
    "vague_person": ("A10", "A12", "B73"),
    "vague_act": ("A12", "B33", "epton-2017"),
    "vague_time": ("A12", "B33"),
    "vague_sign": ("A12", "B33", "epton-2017"),
    "wish_work": ("B1",),
    "wish_private": ("B1",),
    "signs_watch": ("B19",),
    "signs_careful": ("B19",),
    "signs_stop": ("B19",),
    # signs read in what was written: a question each
    "sign_purpose_hidden": ("B16", "B19"),
    "sign_company_hidden": ("B16", "B19"),
    "sign_paid_to_introduce": ("B19",),
    "sign_sure_profit": ("B19",),
    "sign_decide_today": ("B19",),
    "sign_amazing_person": ("B19",),
    "sign_closed_room": ("B19",),
    "sign_probes_income": ("B19",),
    "sign_pay_first": ("B19",),
    "sign_no_documents": ("B19",),
    # promises detected in a text
    "heard_meal": ("B48", "B49"),
    "heard_send": ("B48", "B49"),
    "heard_introduce": ("B48", "B69"),
    "heard_contact": ("B46", "B48"),
    "heard_other": ("B48", "B49"),
    # requests: what is still missing
    "ask_stage": ("A39", "A40", "B20", "B22"),
    "ask_gap": ("B53", "A46"),
    "ask_quiet": ("A46",),
    "ask_promise": ("B49",),
    "ask_unanswered": ("B21", "B30"),
    "ask_balance": ("A26", "B65"),
    "ask_signs": ("B19",),
    # kind warnings
    "guard_one_way": ("B53", "B65"),
    "guard_signs": ("B19", "A44"),
    "guard_over_giving": ("A43", "A57", "flynn-2003"),
    "guard_one_sided": ("A1", "B12"),
    "guard_reaching": ("A16", "B26", "B29", "lockwood-kunda-1997"),
    "guard_mixers": ("B21", "B71", "ingram-morris-2007"),
    "guard_mixer_follow_up": ("A13", "A37", "B18"),
    "guard_fit": ("A23", "A44", "A45"),
    "guard_too_often": ("B15", "B30"),
    "guard_collecting": ("A10", "A11", "B73"),
    "guard_heart": ("A43", "B32"),
    "guard_note": ("B15",),
    "load_over": ("A43", "B72"),
    # phases
    "phase_deepen": ("A38", "A42", "B52"),
    "phase_introduced": ("A48", "A51", "B71"),
    # introductions
    "path_direct": ("A48", "B68", "burks-2015"),
    "path_two": ("B68", "B69"),
    "path_words": ("B69", "A48"),
    "path_world": ("A50",),
    "two_to_introduce": ("A48", "B61"),
    "desk_planned": ("B69", "B71"),
    "desk_asked": ("B69",),
    "desk_bridge_agreed": ("B69",),
    "desk_target_agreed": ("B69",),
    "desk_introduced": ("A54", "B46"),
    "desk_thanked": ("A54", "A57"),
    # the whole net
    "net_broker": ("A48", "A54"),
    "net_role_missing": ("A14", "B10"),
    "net_alike": ("B10", "B44", "rajkumar-2022"),
    "net_circles": ("A50", "B61", "burt-2002"),
    "net_one_circle": ("A50", "B10"),
    "net_unknown": ("A50",),
    "net_dormant": ("B12", "walter-2015", "aknin-2024"),
    # drafts
    "lint_joint_venture": ("B23",),
    "lint_business_early": ("B20", "B21", "B22"),
    "lint_mentor": ("A20", "A24", "B72"),
    "lint_widen": ("A6", "A52", "B30"),
    "lint_empty_thanks": ("A57", "B50"),
    "lint_meet_without_why": ("A25", "B27"),
    "lint_pressing": ("B24", "B30"),
    "lint_unnamed": ("B72",),
    "lint_only_requests": ("A20", "A26", "B53"),
    "lint_many_requests": ("B24",),
    "lint_no_way_out": ("B21", "B30", "roghanizad-bohns-2017"),
    "lint_only_me": ("A19", "B24"),
    "lint_long": ("B24",),
    # before an event
    "event_fits": ("A14", "B34"),
    "event_returns": ("A38", "B59", "back-2008"),
    "event_somebody": ("A48", "B69"),
    "event_host": ("A30", "B64"),
    "event_bring": ("B21", "B36"),
    "event_bring_nothing": ("B21", "B36"),
    "event_unknown": ("B16", "B19"),
    "event_ended": ("A13", "A37", "B18"),
    "event_takers": ("B17",),
    # days and hours on which work waits
    "quiet_holiday": ("B15", "B21"),
    "quiet_own": ("A43", "B15"),
    "quiet_weekend": ("B15", "B21"),
    "quiet_night": ("B15", "B21"),
}
"""The sources of each rule (ids of advice, keys of studies), by its key."""

FAMILIES = {
    "list": "promise",
    "gates": "gate_do_not_contact",
    "gifts": "gift_own",
    "focus": "focus_goal",
    "goal": "plan_cue",
    "promises": "heard_meal",
    "requests": "ask_stage",
    "warnings": "guard_one_way",
    "phases": "phase_deepen",
    "introductions": "path_direct",
    "net": "net_broker",
    "drafts": "lint_joint_venture",
    "evenings": "event_fits",
    "days": "quiet_holiday",
}
"""The families of rules, each with its first rule in the order of `RULES`."""


def families() -> dict[str, list[str]]:
    """Return the keys of the rules by family, `{family: keys}`, in the order of `RULES`.

    >>> families()["focus"]
    ['focus_goal', 'focus_fit', 'focus_full']
    """
    first = {rule: family for family, rule in FAMILIES.items()}
    found: dict[str, list[str]] = {}
    family = ""
    for rule in RULES:
        family = first.get(rule, family)
        found.setdefault(family, []).append(rule)
    return found


MANDATORY = frozenset(
    {
        "gate_do_not_contact",
        "gate_signs",
        "guard_signs",
        "ask_signs",
        "gate_closed",
        "gate_quiet",
        "gate_rest",
        "signs_watch",
        "signs_careful",
        "signs_stop",
    }
)
"""Rules that cannot be switched off: the user's own decisions about a contact, and safety."""
