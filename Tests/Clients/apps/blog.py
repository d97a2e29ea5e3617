"""A blog after WordPress's and Ghost's tables: Alembic's operations as migrations, autogenerate's
comparison, tables loaded by reflection, and SQLAlchemy Core."""

import datetime

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import postgresql


def first(op):
    op.create_table(
        "authors", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Unicode(80), nullable=False),
        sa.Column("email", sa.String(120), nullable=False), sa.Column("bio", sa.Text), sa.Column("website", sa.String(200)),
        sa.UniqueConstraint("email", name="authors_email_key"))
    op.create_table(
        "posts", sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("author_id", sa.Integer, sa.ForeignKey("authors.id", ondelete="CASCADE"), nullable=False),
        sa.Column("slug", sa.String(100), nullable=False), sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=False, server_default=""), sa.Column("status", sa.String(10), nullable=False, server_default="draft"),
        sa.Column("published", sa.DateTime(timezone=True)), sa.Column("views", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.create_table(
        "comments", sa.Column("id", sa.Integer, primary_key=True), sa.Column("post_id", sa.BigInteger, nullable=False),
        sa.Column("parent_id", sa.Integer), sa.Column("name", sa.String(60)), sa.Column("body", sa.Text), sa.Column("spam", sa.Boolean))
    op.create_table("tags", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(40), unique=True))
    op.create_table("post_tags", sa.Column("post_id", sa.BigInteger, sa.ForeignKey("posts.id"), primary_key=True),
                    sa.Column("tag_id", sa.Integer, sa.ForeignKey("tags.id"), primary_key=True))


def second(op):
    op.create_index("posts_slug", "posts", ["slug"], unique=True)
    op.create_index("posts_published", "posts", [sa.text("published DESC")], postgresql_where=sa.text("status = 'public'"))
    op.create_foreign_key("comments_post_fkey", "comments", "posts", ["post_id"], ["id"], ondelete="CASCADE")
    op.create_foreign_key("comments_parent_fkey", "comments", "comments", ["parent_id"], ["id"])
    op.create_check_constraint("posts_status", "posts", sa.column("status").in_(["draft", "public", "private"]))
    op.add_column("posts", sa.Column("meta", postgresql.JSONB, nullable=False, server_default="{}"))
    op.add_column("posts", sa.Column("reading_minutes", sa.Integer, sa.Computed("1 + length(body) / 1000", persisted=True)))
    op.add_column("comments", sa.Column("created", sa.DateTime(timezone=True), server_default=sa.func.now()))
    op.create_table_comment("posts", "what is read")
    op.execute("CREATE VIEW public_posts AS SELECT id, slug, title, published FROM posts WHERE status = 'public'")


def third(op):
    op.alter_column("authors", "website", new_column_name="url", type_=sa.Text, existing_type=sa.String(200))
    op.alter_column("comments", "spam", nullable=False, server_default=sa.false(), existing_type=sa.Boolean)
    op.alter_column("comments", "name", nullable=False, existing_type=sa.String(60))
    op.drop_constraint("authors_email_key", "authors")
    op.create_index("authors_email", "authors", [sa.text("lower(email)")], unique=True)
    op.rename_table("tags", "labels")
    op.add_column("labels", sa.Column("colour", sa.CHAR(6)))
    op.alter_column("labels", "colour", server_default="ffffff", comment="hex")
    op.bulk_insert(sa.table("labels", sa.column("name", sa.String), sa.column("colour", sa.String)),
                   [{"name": "swift", "colour": "f05138"}, {"name": "sql", "colour": "336791"}, {"name": "life", "colour": None}])


def migrate(app, engine):
    for number, step in enumerate((first, second, third), 1):
        def action():
            with engine.begin() as connection:
                context = MigrationContext.configure(connection)
                context._ensure_version_table()
                step(Operations(context))
                version = context._version
                connection.execute(version.delete())
                connection.execute(version.insert().values(version_num=f"{number:04}"))
                return context.get_current_revision()
        app.attempt(f"migration {number}", action)

    def failing():
        with engine.begin() as connection:
            op = Operations(MigrationContext.configure(connection))
            op.add_column("posts", sa.Column("lost", sa.Integer))
            op.create_index("posts_slug", "posts", ["title"])
    app.attempt("failing migration", failing)
    app.attempt("rolled back", lambda: "lost" in [column["name"] for column in sa.inspect(engine).get_columns("posts")])


def drift(app, engine):
    """What autogenerate finds between the database and a model that has gone on."""
    model = sa.MetaData()
    with engine.connect() as connection:
        model.reflect(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        app.attempt("no drift", lambda: [str(change) for change in compare_metadata(context, model)])
        posts = model.tables["posts"]
        posts.append_column(sa.Column("excerpt", sa.Text))
        model.remove(model.tables["post_tags"])
        posts.c.title.type = sa.String(300)
        posts.c.body.nullable = True

        def differences():
            found = []
            for change in compare_metadata(context, model):
                for one in change if isinstance(change, list) else [change]:
                    found.append((one[0], *(str(part) for part in one[1:4])))
            return sorted(found)
        app.attempt("drift", differences)


def write(app, engine, tables):
    authors, posts, comments, labels, post_tags = (tables[name] for name in ("authors", "posts", "comments", "labels", "post_tags"))
    with engine.begin() as db:
        app.attempt("authors", lambda: db.execute(authors.insert().returning(authors.c.id), [
            {"name": "Ada", "email": "Ada@example.org", "url": None}, {"name": "Grace", "email": "grace@example.org", "url": "https://example.org"}]).all())
        app.attempt("posts", lambda: db.execute(posts.insert().returning(posts.c.id, posts.c.reading_minutes, posts.c.meta), [
            {"author_id": 1 + n % 2, "slug": f"post-{n}", "title": f"Post number {n}", "body": "word " * (n * 150), "status": ["draft", "public", "private"][n % 3],
             "published": datetime.datetime(2024, 5, 1 + n, 12, tzinfo=datetime.timezone.utc) if n % 3 else None, "meta": {"n": n, "og": {"image": f"{n}.png"}}}
            for n in range(9)]).all())
        app.attempt("post tags", lambda: db.execute(post_tags.insert().from_select(
            ["post_id", "tag_id"], sa.select(posts.c.id, labels.c.id).join(labels, (posts.c.id + labels.c.id) % 2 == 0))).rowcount)
        app.attempt("comments", lambda: db.execute(comments.insert().returning(comments.c.id, comments.c.spam), [
            {"post_id": 2, "parent_id": None, "name": "x", "body": "first"}, {"post_id": 2, "parent_id": 1, "name": "y", "body": "answer"},
            {"post_id": 2, "parent_id": 2, "name": "x", "body": "answer to answer"}, {"post_id": 5, "parent_id": None, "name": "z", "body": "nice"}]).all())
    for label, statement in (
            ("same slug", posts.insert().values(author_id=1, slug="post-1", title="x")),
            ("same mail", authors.insert().values(name="Imposter", email="ADA@EXAMPLE.ORG")),
            ("bad status", posts.update().values(status="gone")),
            ("no author", posts.insert().values(author_id=9, slug="x", title="x")),
            ("no title", posts.insert().values(author_id=1, slug="x", title=None)),
            ("long title", posts.insert().values(author_id=1, slug="x", title="x" * 201)),
            ("bad parent", comments.insert().values(post_id=1, parent_id=77, name="x")),
            ("computed", posts.update().values(reading_minutes=1))):
        def action():
            with engine.begin() as db:
                return db.execute(statement).rowcount
        app.attempt(label, action)


def read(app, engine, tables):
    authors, posts, comments, labels, post_tags = (tables[name] for name in ("authors", "posts", "comments", "labels", "post_tags"))
    with engine.connect() as db:
        def ask(label, statement):
            app.attempt(label, lambda: [row._asdict() for row in db.execute(statement)])
            db.rollback()
        ask("front page", sa.select(posts.c.slug, posts.c.title, authors.c.name, sa.func.count(comments.c.id).label("comments"))
            .join(authors).outerjoin(comments, comments.c.post_id == posts.c.id).where(posts.c.status == "public")
            .group_by(posts.c.id, authors.c.id).order_by(posts.c.published.desc()).limit(5))
        ask("labels", sa.select(labels.c.name, labels.c.colour, sa.func.count(post_tags.c.post_id).label("n"))
            .outerjoin(post_tags).group_by(labels.c.id).order_by(sa.text("n DESC, name")))
        ask("archive", sa.select(sa.func.to_char(posts.c.published, "YYYY-MM").label("month"), sa.func.count().label("n"))
            .where(posts.c.published.is_not(None)).group_by("month").order_by("month"))
        base = sa.select(comments.c.id, comments.c.parent_id, comments.c.body, sa.cast(sa.func.lpad(sa.cast(comments.c.id, sa.Text), 4, "0"), sa.Text).label("path")) \
            .where(comments.c.parent_id.is_(None), comments.c.post_id == 2).cte("thread", recursive=True)
        thread = base.union_all(sa.select(comments.c.id, comments.c.parent_id, comments.c.body,
                                          base.c.path + "/" + sa.func.lpad(sa.cast(comments.c.id, sa.Text), 4, "0")).join(base, comments.c.parent_id == base.c.id))
        ask("thread", sa.select(thread).order_by(thread.c.path))
        ask("related", sa.text("""SELECT p.slug, count(*) AS common FROM post_tags a JOIN post_tags b ON a.tag_id = b.tag_id AND b.post_id <> a.post_id
            JOIN posts p ON p.id = b.post_id WHERE a.post_id = 2 GROUP BY p.slug HAVING count(*) >= 1 ORDER BY common DESC, p.slug"""))
        ask("neighbours", sa.select(posts.c.slug, sa.func.lag(posts.c.slug).over(order_by=posts.c.published).label("before"),
                                    sa.func.lead(posts.c.slug).over(order_by=posts.c.published).label("after")).where(posts.c.published.is_not(None)).order_by(posts.c.published))
        ask("search", sa.text("SELECT slug, length(body), left(body, 9) AS teaser FROM posts WHERE title ILIKE :what OR body ~* :what2 ORDER BY slug").bindparams(what="%number 3%", what2="^word word"))
        ask("images", sa.select(posts.c.slug, posts.c.meta["og"]["image"].astext.label("image")).where(posts.c.meta["n"].as_integer() < 3).order_by(posts.c.slug))
        ask("view", sa.text("SELECT * FROM public_posts ORDER BY slug"))
        ask("feed", sa.text("SELECT json_agg(row_to_json(f)) AS feed FROM (SELECT slug, title FROM public_posts ORDER BY published DESC LIMIT 2) AS f"))
        ask("types", sa.text("SELECT pg_typeof(views)::text AS v, pg_typeof(meta)::text AS m, pg_typeof(published)::text AS p FROM posts LIMIT 1"))
        ask("null order", sa.select(posts.c.slug).order_by(posts.c.published.asc().nulls_first(), posts.c.slug))
        ask("in", sa.select(posts.c.slug).where(posts.c.id.in_([1, 2, 99])).order_by(posts.c.slug))
        ask("empty in", sa.select(posts.c.slug).where(posts.c.id.in_([])))
        ask("greatest", sa.select(sa.func.greatest(posts.c.views, 5).label("g"), sa.func.coalesce(posts.c.published, sa.text("'epoch'")).label("c")).order_by(posts.c.id).limit(2))
    with engine.connect().execution_options(stream_results=True, yield_per=3) as db:
        app.attempt("stream", lambda: [len(part) for part in db.execute(sa.select(posts.c.id)).partitions()])
    with engine.connect().execution_options(isolation_level="SERIALIZABLE") as db:
        app.attempt("serializable", lambda: db.execute(sa.text("SHOW transaction_isolation")).scalar())
    with engine.begin() as db:
        app.attempt("views", lambda: db.execute(posts.update().where(posts.c.slug == "post-1").values(views=posts.c.views + 1).returning(posts.c.views)).all())
        app.attempt("delete author", lambda: db.execute(authors.delete().where(authors.c.id == 1)).rowcount)


def reflect(app, engine):
    inspector = sa.inspect(engine)
    app.attempt("views", lambda: (inspector.get_view_names(), inspector.get_view_definition("public_posts"), inspector.get_materialized_view_names()))
    app.attempt("view columns", lambda: [{**c, "type": str(c["type"])} for c in inspector.get_columns("public_posts")])
    kinds = sa.engine.reflection.ObjectKind.ANY
    app.attempt("multi columns", lambda: sorted((str(key), [(c["name"], str(c["type"]), c["nullable"], c["default"], c.get("comment")) for c in value])
                                                for key, value in inspector.get_multi_columns(kind=kinds).items()))
    app.attempt("multi indexes", lambda: sorted(map(str, inspector.get_multi_indexes(kind=kinds).items())))
    app.attempt("multi keys", lambda: sorted(map(str, inspector.get_multi_foreign_keys().items())))
    app.attempt("enums", lambda: (inspector.get_enums(), inspector.get_domains()))


def run(app):
    engine = app.engine()
    migrate(app, engine)
    drift(app, engine)
    tables = {name: sa.Table(name, sa.MetaData(), autoload_with=engine) for name in ("authors", "comments", "labels")}
    metadata = sa.MetaData()
    app.attempt("autoload", lambda: metadata.reflect(engine, only=["posts", "post_tags", "comments"]) or sorted(metadata.tables))
    tables = metadata.tables
    write(app, engine, tables)
    read(app, engine, tables)
    reflect(app, engine)

    def down():
        with engine.begin() as connection:
            op = Operations(MigrationContext.configure(connection))
            op.execute("DROP VIEW public_posts")
            for name in ("post_tags", "labels", "comments", "posts", "authors"):
                op.drop_table(name)
        return sa.inspect(engine).get_table_names()
    app.attempt("down", down)
