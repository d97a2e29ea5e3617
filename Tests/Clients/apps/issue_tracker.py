"""An issue tracker after Redmine's and Bugzilla's models, through SQLAlchemy's ORM: declarative
classes, create_all, sessions, eager loading, versioned rows, then reflection of what was made."""

import datetime
import decimal

import sqlalchemy as sa
from sqlalchemy import orm, schema
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

NAMES = {"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
         "ck": "ck_%(table_name)s_%(constraint_name)s",
         "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"}


class Base(orm.DeclarativeBase):
    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {str: sa.String(255), datetime.datetime: sa.DateTime(timezone=True)}


watchers = sa.Table(
    "watchers", Base.metadata,
    sa.Column("issue_id", sa.ForeignKey("issues.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True))


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    mail: Mapped[str | None]
    admin: Mapped[bool] = mapped_column(server_default=sa.false())
    settings: Mapped[dict] = mapped_column(postgresql.JSONB, server_default=sa.text("'{}'"))
    created: Mapped[datetime.datetime] = mapped_column(server_default=sa.func.now())
    issues: Mapped[list["Issue"]] = relationship(back_populates="author", foreign_keys="Issue.author_id")


class Project(Base):
    __tablename__ = "projects"
    __table_args__ = (sa.CheckConstraint("length(identifier) >= 2", name="identifier_length"), {"comment": "what issues are about"})
    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True, start=10), primary_key=True)
    identifier: Mapped[str] = mapped_column(sa.String(100), unique=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("projects.id"), index=True)
    description: Mapped[str | None] = mapped_column(sa.Text, comment="shown on the page")
    children: Mapped[list["Project"]] = relationship()
    issues: Mapped[list["Issue"]] = relationship(back_populates="project", order_by="Issue.id")


class Issue(Base):
    __tablename__ = "issues"
    __table_args__ = (
        sa.Index("ix_issues_open", "project_id", "priority", postgresql_where=sa.text("closed IS NULL")),
        sa.Index("ix_issues_lower_subject", sa.text("lower(subject)")),
        sa.CheckConstraint("done_ratio BETWEEN 0 AND 100", name="done"),
        sa.CheckConstraint("due IS NULL OR start IS NULL OR due >= start", name="dates"))
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("projects.id"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))
    subject: Mapped[str]
    description: Mapped[str | None] = mapped_column(sa.Text)
    priority: Mapped[int] = mapped_column(sa.SmallInteger, server_default="2")
    status: Mapped[str] = mapped_column(sa.Enum("new", "open", "resolved", "closed", name="issue_status", native_enum=False, create_constraint=True), default="new")
    done_ratio: Mapped[int] = mapped_column(default=0)
    estimate: Mapped[decimal.Decimal | None] = mapped_column(sa.Numeric(6, 2))
    labels: Mapped[list[str]] = mapped_column(postgresql.ARRAY(sa.String(40)), server_default="{}")
    custom: Mapped[dict | None] = mapped_column(postgresql.JSONB(none_as_null=True))
    start: Mapped[datetime.date | None]
    due: Mapped[datetime.date | None]
    closed: Mapped[datetime.datetime | None]
    slug: Mapped[str] = mapped_column(sa.Text, sa.Computed("lower(replace(subject, ' ', '-'))", persisted=True))
    version: Mapped[int] = mapped_column(nullable=False)
    project: Mapped[Project] = relationship(back_populates="issues")
    author: Mapped[User] = relationship(back_populates="issues", foreign_keys=[author_id])
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    watchers: Mapped[list[User]] = relationship(secondary=watchers, order_by=User.login)
    journals: Mapped[list["Journal"]] = relationship(back_populates="issue", cascade="all, delete-orphan", order_by="Journal.id")
    __mapper_args__ = {"version_id_col": version}


class Journal(Base):
    __tablename__ = "journals"
    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(sa.ForeignKey("issues.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    notes: Mapped[str | None] = mapped_column(sa.Text)
    changes: Mapped[list] = mapped_column(postgresql.JSONB, default=list)
    hours: Mapped[datetime.timedelta | None] = mapped_column(sa.Interval)
    issue: Mapped[Issue] = relationship(back_populates="journals")


class TimeEntry(Base):
    __tablename__ = "time_entries"
    issue_id: Mapped[int] = mapped_column(sa.ForeignKey("issues.id"), primary_key=True)
    spent_on: Mapped[datetime.date] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), primary_key=True)
    hours: Mapped[float]
    at: Mapped[datetime.time | None]
    receipt: Mapped[bytes | None]


def describe(issue):
    return (issue.id, issue.subject, issue.status, issue.priority, issue.done_ratio, issue.estimate, issue.labels, issue.custom,
            issue.slug, issue.version, issue.project.identifier, issue.author.login, issue.assignee and issue.assignee.login,
            [user.login for user in issue.watchers], [(j.notes, j.changes, j.hours) for j in issue.journals])


def fill(app, session):
    users = [User(login=name, mail=f"{name}@example.org", settings={"lang": "en", "n": n}) for n, name in enumerate(("ada", "bob", "cyd"))]
    session.add_all(users)
    session.flush()
    app.record("users", [(u.id, u.admin, u.created, u.settings) for u in users])
    core = Project(identifier="core", description="the core")
    core.children = [Project(identifier="core-api"), Project(identifier="core-ui")]
    session.add(core)
    session.commit()
    app.record("projects", [(p.id, p.identifier, p.parent_id) for p in session.scalars(sa.select(Project).order_by(Project.id))])
    for number in range(12):
        session.add(Issue(
            project=(core, *core.children)[number % 3], author=users[number % 3], assignee=users[1] if number % 2 else None,
            subject=f"Issue {number}", priority=None if number == 11 else 1 + number % 4, estimate=decimal.Decimal(number) / 4 if number else None,
            labels=["bug", f"l{number % 2}"] if number % 3 else [], custom={"os": ["linux", "mac"][number % 2], "n": number} if number % 4 else None,
            start=datetime.date(2024, 1, 1 + number), due=datetime.date(2024, 2, 1 + number) if number % 2 else None,
            watchers=users[: number % 3], journals=[Journal(user_id=users[0].id, notes=f"note {number}", hours=datetime.timedelta(hours=number))]))
    if app.attempt("priority null", session.commit) is None:
        session.rollback()
    for number in range(11):
        session.add(Issue(
            project=(core, *core.children)[number % 3], author=users[number % 3], assignee=users[1] if number % 2 else None,
            subject=f"Issue {number}", priority=1 + number % 4, estimate=decimal.Decimal(number) / 4 if number else None,
            labels=["bug", f"l{number % 2}"] if number % 3 else [], custom={"os": ["linux", "mac"][number % 2], "n": number} if number % 4 else None,
            start=datetime.date(2024, 1, 1 + number), due=datetime.date(2024, 2, 1 + number) if number % 2 else None,
            watchers=users[: number % 3], journals=[Journal(user_id=users[0].id, notes=f"note {number}", hours=datetime.timedelta(hours=number))]))
    session.commit()
    app.record("filled", session.scalar(sa.select(sa.func.count()).select_from(Issue)))


def queries(app, session):
    loaded = sa.select(Issue).options(
        orm.joinedload(Issue.project), orm.joinedload(Issue.author), orm.joinedload(Issue.assignee),
        orm.selectinload(Issue.watchers), orm.subqueryload(Issue.journals)).order_by(Issue.id)
    app.attempt("all", lambda: [describe(issue) for issue in session.scalars(loaded).unique()])
    app.attempt("open of core", lambda: [issue.id for issue in session.scalars(
        sa.select(Issue).join(Issue.project).where(Project.identifier == "core", Issue.closed.is_(None)).order_by(Issue.priority.desc(), Issue.id))])
    app.attempt("labels", lambda: session.scalars(sa.select(Issue.id).where(Issue.labels.contains(["bug"])).order_by(Issue.id)).all())
    app.attempt("any label", lambda: session.scalars(sa.select(Issue.id).where(Issue.labels.any("l1")).order_by(Issue.id)).all())
    app.attempt("overlap", lambda: session.scalars(sa.select(Issue.id).where(Issue.labels.overlap(["l0", "x"])).order_by(Issue.id)).all())
    app.attempt("json", lambda: session.execute(sa.select(Issue.id, Issue.custom["os"].astext, Issue.custom["n"].as_integer())
                                               .where(Issue.custom["os"].astext == "mac").order_by(Issue.id)).all())
    app.attempt("json contains", lambda: session.scalars(sa.select(Issue.id).where(Issue.custom.contains({"os": "mac"})).order_by(Issue.id)).all())
    app.attempt("json key", lambda: session.scalars(sa.select(Issue.id).where(Issue.custom.has_key("os")).order_by(Issue.id)).all())
    app.attempt("per status", lambda: session.execute(
        sa.select(Issue.status, sa.func.count().label("n"), sa.func.avg(Issue.estimate), sa.func.sum(Issue.estimate).filter(Issue.priority > 2))
        .group_by(Issue.status).having(sa.func.count() > 0).order_by(sa.desc("n"))).all())
    spread = sa.func.row_number().over(partition_by=Issue.project_id, order_by=(Issue.priority.desc(), Issue.id)).label("place")
    ranked = sa.select(Issue.id, Issue.project_id, spread).subquery()
    app.attempt("top of each", lambda: session.execute(sa.select(ranked).where(ranked.c.place <= 2).order_by(ranked.c.project_id, ranked.c.place)).all())
    tree = sa.select(Project.id, Project.identifier, sa.literal(0).label("depth")).where(Project.parent_id.is_(None)).cte("tree", recursive=True)
    tree = tree.union_all(sa.select(Project.id, Project.identifier, tree.c.depth + 1).join(tree, Project.parent_id == tree.c.id))
    app.attempt("tree", lambda: session.execute(sa.select(tree).order_by(tree.c.depth, tree.c.id)).all())
    app.attempt("unwatched", lambda: session.scalars(sa.select(Issue.id).where(~Issue.watchers.any()).order_by(Issue.id)).all())
    app.attempt("watched by", lambda: session.scalars(sa.select(Issue.id).where(Issue.watchers.any(User.login == "bob")).order_by(Issue.id)).all())
    app.attempt("search", lambda: session.scalars(sa.select(Issue.subject).where(Issue.subject.ilike("%ISSUE 1%")).order_by(Issue.subject)).all())
    app.attempt("between", lambda: session.scalars(sa.select(Issue.id).where(Issue.due.between(datetime.date(2024, 2, 3), datetime.date(2024, 2, 9))).order_by(Issue.id)).all())
    app.attempt("page", lambda: session.scalars(sa.select(Issue.id).order_by(Issue.id).limit(3).offset(4)).all())
    app.attempt("tuples", lambda: session.scalars(sa.select(Issue.id).where(sa.tuple_(Issue.project_id, Issue.priority).in_([(10, 1), (11, 2)])).order_by(Issue.id)).all())
    app.attempt("union", lambda: session.execute(sa.union(
        sa.select(User.login.label("x")), sa.select(Project.identifier)).order_by("x")).all())
    lateral = sa.select(Journal.notes).where(Journal.issue_id == Issue.id).order_by(Journal.id.desc()).limit(1).lateral("last")
    app.attempt("lateral", lambda: session.execute(sa.select(Issue.id, lateral.c.notes).join(lateral, sa.true()).order_by(Issue.id).limit(3)).all())
    app.attempt("case", lambda: session.execute(sa.select(Issue.id, sa.case((Issue.priority > 3, "high"), (Issue.priority > 1, "mid"), else_="low")).order_by(Issue.id)).all())
    app.attempt("dates", lambda: session.execute(sa.select(sa.func.date_trunc("month", Issue.start), sa.extract("day", Issue.due), Issue.due - Issue.start).order_by(Issue.id).limit(2)).all())
    app.attempt("values", lambda: session.execute(sa.select(sa.values(sa.column("a", sa.Integer), sa.column("b", sa.String), name="v").data([(1, "x"), (2, "y")]))).all())
    app.attempt("one argument", lambda: session.execute(sa.select(sa.func.string_agg(postgresql.aggregate_order_by(User.login, User.id.desc())))).all())
    session.rollback()
    app.attempt("strings", lambda: session.execute(sa.select(sa.func.string_agg(User.login, postgresql.aggregate_order_by(sa.literal(", "), User.id.desc())), sa.func.array_agg(User.id))).all())


def changes(app, engine, session):
    issue = session.get(Issue, session.scalar(sa.select(sa.func.min(Issue.id))))
    issue.status, issue.done_ratio = "open", 50
    issue.custom = {**(issue.custom or {}), "seen": True}
    issue.journals.append(Journal(user_id=issue.author_id, notes="opened", changes=[{"status": ["new", "open"]}]))
    app.attempt("update", session.commit)
    app.record("version", issue.version)
    with orm.Session(engine) as other:
        same = other.get(Issue, issue.id)
        same.subject = "changed elsewhere"
        other.commit()
    issue.subject = "stale"
    app.attempt("expected", lambda: session.execute(sa.update(Issue).where(Issue.id == issue.id, Issue.version == 1).values(subject="x")).rowcount)
    session.rollback()
    for label, values in (("bad status", {"status": "lost"}), ("bad ratio", {"done_ratio": 101}), ("bad dates", {"due": datetime.date(2000, 1, 1)}),
                          ("too long", {"subject": "x" * 256}), ("no project", {"project_id": 5}), ("too big", {"estimate": decimal.Decimal("12345.67")})):
        app.attempt(label, lambda: session.execute(sa.update(Issue).where(Issue.id == issue.id).values(**values)).rowcount)
        session.rollback()
    app.attempt("bulk", lambda: sorted(map(tuple, session.execute(sa.update(Issue).where(Issue.priority == 1).values(done_ratio=Issue.done_ratio + 5, labels=Issue.labels + ["bulk"])
                                               .returning(Issue.id, Issue.done_ratio, Issue.labels)))))
    app.attempt("bulk insert", lambda: session.scalars(sa.insert(User).returning(User.id, sort_by_parameter_order=True), [{"login": f"many{n}", "settings": {}} for n in range(30)]).all())
    app.attempt("upsert", lambda: session.execute(postgresql.insert(User).values(login="ada", mail="new@example.org").on_conflict_do_update(
        index_elements=[User.login], set_={"mail": "new@example.org"}, where=User.admin.is_(False)).returning(User.id, User.mail)).all())
    app.attempt("do nothing", lambda: session.execute(postgresql.insert(User).values(login="ada").on_conflict_do_nothing(constraint="uq_users_login")).rowcount)
    app.attempt("time", lambda: session.add(TimeEntry(issue_id=issue.id, spent_on=datetime.date(2024, 3, 1), user_id=1, hours=1.25, at=datetime.time(9, 30), receipt=b"\x00\xffpdf")) or session.commit())
    app.attempt("times", lambda: [(t.hours, t.at, bytes(t.receipt)) for t in session.scalars(sa.select(TimeEntry))])
    app.attempt("nested", lambda: nested(session))
    app.attempt("for update", lambda: session.scalars(sa.select(Issue.id).where(Issue.priority == 2).order_by(Issue.id).with_for_update(of=Issue, skip_locked=True)).all())
    session.rollback()
    app.attempt("delete", lambda: session.delete(issue) or session.flush())
    session.rollback()
    app.attempt("delete entries", lambda: session.execute(sa.delete(TimeEntry)).rowcount)
    app.attempt("delete orphans", lambda: session.delete(session.get(Issue, issue.id)) or session.commit())
    app.attempt("left", lambda: session.execute(sa.select(sa.func.count(Journal.id), sa.func.count(sa.distinct(Journal.issue_id)))).all())
    app.attempt("delete user", lambda: session.execute(sa.delete(User).where(User.login == "bob")).rowcount)
    session.rollback()


def nested(session):
    with session.begin_nested():
        session.add(User(login="inner"))
    try:
        with session.begin_nested():
            session.add(User(login="inner"))
    except sa.exc.IntegrityError as error:
        return error.orig.diag.constraint_name
    return "no error"


def reflect(app, engine):
    inspector = sa.inspect(engine)
    app.attempt("tables", lambda: sorted(inspector.get_table_names()))
    app.attempt("schemas", lambda: sorted(inspector.get_schema_names()))
    for table in sorted(Base.metadata.tables):
        app.attempt(f"columns of {table}", lambda: [{**column, "type": str(column["type"].compile(dialect=engine.dialect))} for column in inspector.get_columns(table)])
        app.attempt(f"keys of {table}", lambda: (inspector.get_pk_constraint(table), sorted(inspector.get_foreign_keys(table), key=repr)))
        app.attempt(f"indexes of {table}", lambda: sorted(inspector.get_indexes(table), key=repr))
        app.attempt(f"constraints of {table}", lambda: (sorted(inspector.get_unique_constraints(table), key=repr), sorted(inspector.get_check_constraints(table), key=repr)))
        app.attempt(f"comment of {table}", lambda: inspector.get_table_comment(table))
    reflected = sa.MetaData()
    app.attempt("reflect", lambda: reflected.reflect(engine) or sorted(reflected.tables))
    app.attempt("reflected", lambda: [str(schema.CreateTable(reflected.tables[name]).compile(dialect=engine.dialect)) for name in sorted(reflected.tables)])
    app.attempt("has", lambda: (inspector.has_table("issues"), inspector.has_table("nosuch"), inspector.has_sequence("users_id_seq"), sorted(inspector.get_sequence_names())))


def run(app):
    engine = app.engine()
    app.attempt("create all", lambda: Base.metadata.create_all(engine))
    with orm.Session(engine) as session:
        fill(app, session)
        queries(app, session)
        changes(app, engine, session)
    reflect(app, engine)
    app.attempt("drop all", lambda: Base.metadata.drop_all(engine))
    app.attempt("nothing left", lambda: sa.inspect(engine).get_table_names())
