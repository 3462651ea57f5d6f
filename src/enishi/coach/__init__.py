"""What the coach says: pure functions, frames in, frames or small frozen values out.

Draws nothing, reads no file and no database; `today` is handed in. The words of what is said are
in `data/words` (`rules`, `coach`, `gives`, `drafts`, `studies`); a `Reason` carries the rule's key
and the facts that fill its sentences (`reason.fill`). `ideas` is `read_ideas(read_copy("gives"))`.

    settings.Settings.from_rows({name: value}) -> Settings
    thumb.thumbs(settings) -> tuple[Thumb, ...]; thumb.stored(name, value, settings) -> str
    advice.read_pieces(read_advice()) -> {id: Advice(id, group, say, screens, rules)}
    clarity.clarity(goal_row, roles, places, plans, today, settings)
        -> Clarity(points, missing, advice)
    vague.find_vague(wish) -> tuple[Finding, ...]
    plan.check_plan(cue, act) -> tuple[Finding, ...]
    ladder.gap_kind(mine, theirs) -> str; ladder.portfolio(mine, rungs) -> DataFrame
    soliciting.read_signs(ticked) -> Caution(result, signs, reason)
    place.places(frames, today, settings) -> DataFrame
    strength.strengths(frames, settings) -> DataFrame
    strength.johari(own, voices, every) -> Johari
    strength.quadrant(good_at, like) -> str; strength.supported_level(claimed, grade) -> int
    gift.gifts(contact, frames, ideas, minutes=, settings=) -> tuple[Gift, ...]
    stage.stages(frames, today, settings) -> DataFrame(stage, missing)
    promise.hear_promises(text, today) -> tuple[Heard, ...]
    promise.promises_due(frames, today, settings, within=7) -> tuple[Due, ...]
    cadence.rhythms(people, stage, settings) -> array; cadence.health(days, T)
    cadence.label(health, settings) -> str; cadence.weekly_load({T: ties}) -> float
    today.today_rows(frames, today, now, settings, ideas) -> tuple[Suggestion, ...]
    today.further(frames, today, now, settings) -> own words beyond those rows
    today.held_back(frames, today, now, settings) -> {contact id: Reason}
    focus.focus(frames, today, settings) -> Focus(chosen, room, full, proposed)
    thread.thread(frames, today) -> tuple[Link(name, whole, count, screen), ...]
    give.check_give(give_row, settings) -> tuple[Reason, ...]; give.gladdened(give) -> DataFrame
    phase.phase(frames, today, settings) -> Phase(now, proposed, reason)
    load.load(frames, today, settings) -> Load(per_week, capacity, reason)
    quiet.good_moment(now, work, settings) -> Moment(at, reason); quiet.working_day(day, settings)
    quiet.why_quiet(day, settings) -> Reason | None; daysoff.read_span(line) -> Span
    guard.guards(frames, today, settings) -> tuple[Guard(contact_id, reason), ...]
    guard.pace(frames, today, settings) -> tuple[Reason, ...]
    balance.leaning(given, received) -> "receiving" | "giving" | "even" | "quiet"
    ask.may_ask(frames, contact_id, size, today, settings) -> Verdict(ok, reasons)
    draft.compose(copy("drafts", language), kind, level, facts) -> Draft(subject, body, blanks)
    fitting.fitting(frames, contact_id, today, now, settings) -> tuple[Fitting(kind, reason), ...]
    draft.facts_of(contact_row, level, language, me, **more) -> facts for `compose`
    lint.lint(text, stage=, me=, first=, kind=, settings=) -> tuple[Finding, ...]
    lint.turned_to(text) -> "me" | "you" | "both" | "short"; gentler.gentler(text, finding, line)
    ask.size_of(kind, text) -> 0 to 4
    chair.chair(frames, contact_id, today, text, settings, me) -> Chair(sees, gains, fears)
    chair.payer(frames, contact_id, today) -> Line(key, facts)
    introduction.paths_to(frames, target_id, today, settings) -> tuple[Path(through, reason), ...]
    introduction.who_may_know(frames, words, today, settings) -> tuple[Path, ...]
    introduction.two_to_introduce(frames, today, settings) -> tuple[Pair(a, b, reason), ...]
    desk.desk(frames, today, settings) -> tuple[Errand, ...]; desk.step_after(state) -> str
    desk.moved_by(kind, state) -> str
    consent.answers(frames, a, b) -> {id: answer}; consent.have_agreed(frames, a, b) -> bool
    soliciting.soliciting(people) -> array of bool; soliciting.solicits(contact_row) -> bool
    soliciting.welcome(frames) -> the living contacts that a suggestion may name
    circle.circle(frames, today, settings) -> Circle; circle.pairs_to_ask(frames, today)
    checkup.check_up(frames, today, settings) -> tuple[Note(reason, people), ...]
    checkup.dormant(frames, today, settings, favourite) -> Dormant(favourite, pick, reason) | None
    brief.meetings_ahead(frames, today, settings) -> tuple[Meeting(contact_id, on, words), ...]
    brief.brief(frames, contact_id, today, settings, ideas) -> Brief
    event.before(frames, event_id, today, settings) -> Evening; event.after(frames, event_id)
    event.funnel(frames, event_id) -> Funnel(met, answered, again)
    picture.picture(frames, today, settings) -> Picture(marks, lines)
    source.sources(frames, since, until) -> Sources(introduced, events, otherwise)
    ownership.is_goal_asked(frames, today, settings) -> bool
    review.letter(frames, "week" | "month" | "quarter", today, settings) -> Letter
"""
