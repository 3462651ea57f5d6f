"""The first tables: the person's nouns and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_owner_batch"), "change", ["owner", "batch"], unique=False)
    op.create_index(op.f("ix_change_owner_seq"), "change", ["owner", "seq"], unique=False)
    op.create_table(
        "goal",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=True),
        sa.Column("rung_words", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_goal")),
    )
    op.create_table(
        "introduction_text",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_introduction_text")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_key_hash"), "person", ["key_hash"], unique=True)
    op.create_table(
        "reflection",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_reflection")),
    )
    op.create_table(
        "review",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("dial_goal", sa.Integer(), nullable=True),
        sa.Column("dial_benefit", sa.Integer(), nullable=True),
        sa.Column("dial_time", sa.Integer(), nullable=True),
        sa.Column("went_well", sa.Text(), nullable=False),
        sa.Column("thank_whom", sa.Text(), nullable=False),
        sa.Column("let_go", sa.Text(), nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("book_act", sa.Text(), nullable=False),
        sa.Column("still_mine", sa.Text(), nullable=False),
        sa.Column("rest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_review")),
    )
    op.create_table(
        "setting",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_setting")),
    )
    op.create_table(
        "strength",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("give", sa.Text(), nullable=False),
        sa.Column("good_at", sa.Integer(), nullable=True),
        sa.Column("like", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("energy", sa.Integer(), nullable=True),
        sa.Column("grow", sa.Boolean(), nullable=False),
        sa.Column("grow_minutes", sa.Integer(), nullable=True),
        sa.Column("grow_how", sa.Text(), nullable=False),
        sa.Column("grow_when", sa.Text(), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_strength")),
    )
    op.create_table(
        "offer",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("give", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("strength_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner", "strength_id"],
            ["strength.owner", "strength.id"],
            name=op.f("fk_offer_owner_strength_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_offer")),
    )
    op.create_index(
        op.f("ix_offer_owner_strength_id"), "offer", ["owner", "strength_id"], unique=False
    )
    op.create_table(
        "plan",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("for_obstacle", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "goal_id"],
            ["goal.owner", "goal.id"],
            name=op.f("fk_plan_owner_goal_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_owner_goal_id"), "plan", ["owner", "goal_id"], unique=False)
    op.create_table(
        "role",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("does", sa.Text(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=True),
        sa.Column("question_1", sa.Text(), nullable=False),
        sa.Column("question_2", sa.Text(), nullable=False),
        sa.Column("question_3", sa.Text(), nullable=False),
        sa.Column("gift_1", sa.Text(), nullable=False),
        sa.Column("gift_2", sa.Text(), nullable=False),
        sa.Column("not_if", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "goal_id"],
            ["goal.owner", "goal.id"],
            name=op.f("fk_role_owner_goal_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_role")),
    )
    op.create_index(op.f("ix_role_owner_goal_id"), "role", ["owner", "goal_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("family_kana", sa.Text(), nullable=False),
        sa.Column("given_kana", sa.Text(), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("birthday", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("how_met", sa.Text(), nullable=False),
        sa.Column("where_met", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Text(), nullable=False),
        sa.Column("through_id", sa.Text(), nullable=True),
        sa.Column("role_id", sa.Text(), nullable=True),
        sa.Column("circles", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=True),
        sa.Column("comfort", sa.Integer(), nullable=True),
        sa.Column("respect", sa.Integer(), nullable=True),
        sa.Column("afternoon", sa.Text(), nullable=False),
        sa.Column("focus", sa.Boolean(), nullable=False),
        sa.Column("pleases", sa.Text(), nullable=False),
        sa.Column("pleases_source", sa.Text(), nullable=False),
        sa.Column("own_idea", sa.Text(), nullable=False),
        sa.Column("they_gain", sa.Text(), nullable=False),
        sa.Column("i_gain", sa.Text(), nullable=False),
        sa.Column("hope", sa.Text(), nullable=False),
        sa.Column("respect_for", sa.Text(), nullable=False),
        sa.Column("companion", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("quiet_until", sa.Text(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("cadence_days", sa.Integer(), nullable=True),
        sa.Column("politeness", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("acquired_on", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("trashed_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "role_id"],
            ["role.owner", "role.id"],
            name=op.f("fk_contact_owner_role_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "through_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_contact_owner_through_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_owner_role_id"), "contact", ["owner", "role_id"], unique=False)
    op.create_index(
        op.f("ix_contact_owner_through_id"), "contact", ["owner", "through_id"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("strength_id", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner", "from_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_evidence_owner_from_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "strength_id"],
            ["strength.owner", "strength.id"],
            name=op.f("fk_evidence_owner_strength_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_evidence")),
    )
    op.create_index(
        op.f("ix_evidence_owner_from_id"), "evidence", ["owner", "from_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_owner_strength_id"), "evidence", ["owner", "strength_id"], unique=False
    )
    op.create_table(
        "give",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("easy", sa.Text(), nullable=False),
        sa.Column("no_strings", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("strength_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner", "contact_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_give_owner_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "strength_id"],
            ["strength.owner", "strength.id"],
            name=op.f("fk_give_owner_strength_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_give")),
    )
    op.create_index(op.f("ix_give_owner_contact_id"), "give", ["owner", "contact_id"], unique=False)
    op.create_index(
        op.f("ix_give_owner_strength_id"), "give", ["owner", "strength_id"], unique=False
    )
    op.create_table(
        "introduction",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bridge_id", sa.Text(), nullable=True),
        sa.Column("target_id", sa.Text(), nullable=True),
        sa.Column("target_words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("for_them", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "bridge_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_introduction_owner_bridge_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "target_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_introduction_owner_target_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_introduction")),
    )
    op.create_index(
        op.f("ix_introduction_owner_bridge_id"),
        "introduction",
        ["owner", "bridge_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_introduction_owner_target_id"),
        "introduction",
        ["owner", "target_id"],
        unique=False,
    )
    op.create_table(
        "place",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("role_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("fit", sa.Integer(), nullable=True),
        sa.Column("next_on", sa.Text(), nullable=False),
        sa.Column("entrance_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("unknown_organiser", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "entrance_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_place_owner_entrance_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "goal_id"],
            ["goal.owner", "goal.id"],
            name=op.f("fk_place_owner_goal_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "role_id"],
            ["role.owner", "role.id"],
            name=op.f("fk_place_owner_role_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_place")),
    )
    op.create_index(
        op.f("ix_place_owner_entrance_id"), "place", ["owner", "entrance_id"], unique=False
    )
    op.create_index(op.f("ix_place_owner_goal_id"), "place", ["owner", "goal_id"], unique=False)
    op.create_index(op.f("ix_place_owner_role_id"), "place", ["owner", "role_id"], unique=False)
    op.create_table(
        "promise",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "contact_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_promise_owner_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_promise")),
    )
    op.create_index(
        op.f("ix_promise_owner_contact_id"), "promise", ["owner", "contact_id"], unique=False
    )
    op.create_table(
        "tie",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("a_id", sa.Text(), nullable=True),
        sa.Column("b_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("a_says", sa.Text(), nullable=False),
        sa.Column("b_says", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "a_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_tie_owner_a_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "b_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_tie_owner_b_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_tie")),
    )
    op.create_index(op.f("ix_tie_owner_a_id"), "tie", ["owner", "a_id"], unique=False)
    op.create_index(op.f("ix_tie_owner_b_id"), "tie", ["owner", "b_id"], unique=False)
    op.create_table(
        "voice",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("asked_on", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("picks", sa.JSON(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("strength_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner", "contact_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_voice_owner_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "strength_id"],
            ["strength.owner", "strength.id"],
            name=op.f("fk_voice_owner_strength_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_voice")),
    )
    op.create_index(
        op.f("ix_voice_owner_contact_id"), "voice", ["owner", "contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_voice_owner_strength_id"), "voice", ["owner", "strength_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("host_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pressure", sa.Integer(), nullable=True),
        sa.Column("guess", sa.Text(), nullable=False),
        sa.Column("why_here", sa.Text(), nullable=False),
        sa.Column("guess_was", sa.Text(), nullable=False),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "host_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_event_owner_host_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "place_id"],
            ["place.owner", "place.id"],
            name=op.f("fk_event_owner_place_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_owner_host_id"), "event", ["owner", "host_id"], unique=False)
    op.create_index(op.f("ix_event_owner_place_id"), "event", ["owner", "place_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("other_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promise_id", sa.Text(), nullable=True),
        sa.Column("give_id", sa.Text(), nullable=True),
        sa.Column("introduction_id", sa.Text(), nullable=True),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "contact_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_message_owner_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "give_id"],
            ["give.owner", "give.id"],
            name=op.f("fk_message_owner_give_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "introduction_id"],
            ["introduction.owner", "introduction.id"],
            name=op.f("fk_message_owner_introduction_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "other_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_message_owner_other_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "promise_id"],
            ["promise.owner", "promise.id"],
            name=op.f("fk_message_owner_promise_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_message")),
    )
    op.create_index(
        op.f("ix_message_owner_contact_id"), "message", ["owner", "contact_id"], unique=False
    )
    op.create_index(op.f("ix_message_owner_give_id"), "message", ["owner", "give_id"], unique=False)
    op.create_index(
        op.f("ix_message_owner_introduction_id"),
        "message",
        ["owner", "introduction_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_message_owner_other_id"), "message", ["owner", "other_id"], unique=False
    )
    op.create_index(
        op.f("ix_message_owner_promise_id"), "message", ["owner", "promise_id"], unique=False
    )
    op.create_table(
        "encounter",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("two_way", sa.Boolean(), nullable=False),
        sa.Column("disclosed_out", sa.Boolean(), nullable=False),
        sa.Column("disclosed_in", sa.Boolean(), nullable=False),
        sa.Column("act_in", sa.Boolean(), nullable=False),
        sa.Column("ask_size", sa.Integer(), nullable=True),
        sa.Column("ask_answer", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.Column("comfort", sa.Integer(), nullable=True),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "contact_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_encounter_owner_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner", "event_id"],
            ["event.owner", "event.id"],
            name=op.f("fk_encounter_owner_event_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_encounter")),
    )
    op.create_index(
        op.f("ix_encounter_owner_contact_id"), "encounter", ["owner", "contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_encounter_owner_event_id"), "encounter", ["owner", "event_id"], unique=False
    )
