"""Two editors and an import at once: nobody undoes what he was not shown."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.admin import readers
from articles.models import Article, Decision, Story
from articles.publishing import lead, merge, publish, split, title, withdraw
from articles.selectors.desk.since import Since
from articles.tests.make import import_drops, make_drop
from articles.tests.properties import examples

from .browser import acting, forms_on, opened, ticked
from .conftest import EDITORS, change, member, messages
from .events import BRIDGE, FLOOD, bring, coverage, page, pages, partition, story

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
PAGES = "/admin/articles/page/"
REVIEW = "/admin/articles/story/review/"
STORIES = "/admin/articles/story/"
NAMES = ("a", "b", "c")


@pytest.fixture
def paul(db):
    return member("paul", EDITORS)


def drops(published: bool = True, **other: bool) -> dict[str, bytes]:
    return {
        f"{name}.txt": make_drop(
            title=f"Title {name}",
            webUrl=f"https://p.example/{name}",
            published=other.get(name, published),
        )
        for name in NAMES
    }


def article(name: str) -> Article:
    return Article.objects.get(source_name=name)


def decided() -> set[tuple[str, str, str]]:
    return set(Decision.objects.values_list("author", "kind", "source_name"))


def one_form(name: str) -> str:
    return f"{LIST}{article(name).pk}/change/"


def save_list(client, form, **boxes: bool):
    wanted = {article(name).pk: checked for name, checked in boxes.items()}
    return messages(client.post(LIST, ticked(form, wanted), follow=True))


def test_the_list_leaves_what_a_colleague_withdrew(desk, paul):
    import_drops(drops())
    form = opened(desk, LIST)
    withdraw(article("a"), by=paul)
    said = save_list(desk, form, b=False)
    assert said == ["1 withdrawn."]
    assert decided() == {("paul", "withdraw", "a"), ("edith", "withdraw", "b")}
    assert not article("a").published
    assert set(LogEntry.objects.values_list("object_id", flat=True)) == {
        str(article("b").pk)
    }


def test_the_list_leaves_what_an_import_flips(desk):
    import_drops(drops())
    form = opened(desk, LIST)
    import_drops(drops(a=False, b=True, c=True))
    assert not article("a").published
    save_list(desk, form, b=False)
    assert decided() == {("edith", "withdraw", "b")}
    import_drops(drops())
    assert article("a").published


def test_a_row_that_both_changed_is_refused_and_the_others_are_saved(desk, paul):
    import_drops(drops())
    form = opened(desk, LIST)
    withdraw(article("a"), by=paul)
    publish(article("a"), by=paul)
    refused, done = save_list(desk, form, a=False, b=False)
    assert "“Title a” was left as it is: paul published it since" in refused
    assert done == "1 withdrawn."
    assert article("a").published
    assert not article("b").published


def test_a_row_that_an_import_flipped_is_refused(desk):
    import_drops(drops())
    form = opened(desk, LIST)
    import_drops(drops(a=False, b=True, c=True))
    [said] = save_list(desk, form, a=False)
    assert "by an import" in said and "Title a" in said
    assert decided() == set()


@pytest.mark.parametrize("asked", [True, False])
def test_the_form_of_one_article_likewise(desk, paul, asked):
    import_drops(drops())
    form = opened(desk, one_form("a"))
    assert form["published"] == ["on"]
    withdraw(article("a"), by=paul)
    if not asked:
        form.pop("published")
    [said] = messages(desk.post(one_form("a"), form, follow=True))
    assert decided() == {("paul", "withdraw", "a")}
    assert ("paul withdrew it since" in said) is not asked
    again = opened(desk, one_form("a"))
    desk.post(one_form("a"), again | {"published": "on"})
    assert article("a").published


@pytest.mark.parametrize("path", [LIST, PAGES])
def test_selected_rows_that_changed_are_refused(desk, paul, path):
    import_drops(drops())
    form = opened(desk, path)
    withdraw(article("a"), by=paul)
    chosen = Article if path == LIST else None
    pks = [article(name).pk if chosen else article(name).page_id for name in ("a", "b")]
    sent = acting(form, "publish_selected", pks)
    refused, done = messages(desk.post(path, sent, follow=True))
    assert "Title a" in refused and "paul withdrew it since" in refused
    assert done == "1 published."
    assert not article("a").published


def test_selected_rows_are_found_whatever_the_filter(desk, paul):
    import_drops(drops(published=False))
    path = f"{LIST}?published__exact=0"
    form = opened(desk, path)
    publish(article("a"), by=paul)
    sent = acting(form, "publish_selected", [article("a").pk, article("b").pk])
    refused, done = messages(desk.post(path, sent, follow=True))
    assert "paul published it since" in refused
    assert done == "1 published."


def test_all_pages_of_a_list_are_asked_about_as_they_are(desk, paul):
    import_drops(drops())
    form = opened(desk, LIST)
    withdraw(article("a"), by=paul)
    sent = acting(form, "publish_selected", [article("b").pk], select_across="1")
    asked = desk.post(LIST, sent)
    text = asked.content.decode()
    assert "Publish 2 articles?" in text and "paul withdrew it since" in text
    assert decided() == {("paul", "withdraw", "a")}
    [again] = [one for one in forms_on(text) if "shown" in one]
    withdraw(article("b"), by=paul)
    more = make_drop(title="Later", published=False)
    import_drops({"later.txt": more})
    said = messages(desk.post(LIST, again | {"sure": "yes"}, follow=True))
    assert any("Title b" in one and "paul withdrew" in one for one in said)
    assert said[-1] == "1 published."
    assert {one for one in decided() if one[0] == "edith"} == {
        ("edith", "publish", "c")
    }


def test_publishing_with_the_story_leaves_what_was_withdrawn_meanwhile(desk, paul):
    bring(coverage(BRIDGE, 3, published=False))
    form = opened(desk, LIST)
    withdraw(page(BRIDGE, 1), by=paul)
    first = Article.objects.get(source_name="quixano0")
    desk.post(LIST, acting(form, "publish_with_story", [first.pk]))
    assert page(BRIDGE, 1).is_withdrawn
    assert page(BRIDGE, 2).is_listed


def rotten(form: dict, kind: str) -> dict:
    pk, other = article("a").pk, article("b").pk
    shown = form["shown"]
    of_other = next(one for one in shown if one.startswith(f"{other}."))
    kept = [one for one in shown if not one.startswith(f"{pk}.")]
    return (
        form
        | {
            "missing": {"shown": kept},
            "all missing": {"shown": []},
            "forged": {"shown": [*kept, f"{pk}.xx.1"]},
            "no row": {"shown": [*kept, "x", ".", f"{pk}.1", "\0", "9" * 40, "é.1.1"]},
            "of another row": {"shown": [*kept, of_other]},
            "twice": {"shown": [*shown, f"{pk}.00.0"]},
            "huge": {"shown": [*kept, f"{pk}.11.{'9' * 30}"]},
        }[kind]
    )


@pytest.mark.parametrize(
    "kind",
    ["missing", "all missing", "forged", "no row", "of another row", "twice", "huge"],
)
@pytest.mark.parametrize("way", ["list", "action", "form"])
def test_rows_that_do_not_say_what_they_showed_are_refused(desk, kind, way):
    import_drops(drops())
    form = rotten(opened(desk, LIST), kind)
    if (way, kind) == ("action", "all missing"):
        form["shown"] = [""]
    path = LIST
    if way == "list":
        sent = ticked(form, {article("a").pk: False})
    elif way == "action":
        sent = acting(form, "withdraw_selected", [article("a").pk])
    else:
        path, sent = one_form("a"), {"shown": form["shown"]}
    said = messages(desk.post(path, sent, follow=True))
    assert any("“Title a” was left as it is" in one for one in said)
    assert decided() == set()


def test_a_program_that_names_rows_and_no_form_means_them(desk):
    import_drops(drops())
    desk.post(
        LIST, {"action": "withdraw_selected", "_selected_action": [article("a").pk]}
    )
    assert decided() == {("edith", "withdraw", "a")}


def test_a_row_sent_twice_with_two_answers_is_refused(desk):
    import_drops(drops())
    form = ticked(opened(desk, LIST), {article("a").pk: True})
    sent = form | {"form-77-id": str(article("a").pk)}
    said = messages(desk.post(LIST, sent, follow=True))
    assert any("Title a" in one for one in said)
    assert decided() == set()


def test_a_row_that_has_gone_is_refused(desk):
    import_drops(drops())
    form = ticked(opened(desk, LIST), {article("a").pk: False})
    article("a").delete()
    [said] = messages(desk.post(LIST, form, follow=True))
    assert "no longer exists" in said


# Stories


def act(desk, of: Story, form: dict, name: str, chosen=(), **more) -> list[str]:
    kept = {key: form[key] for key in ("shown", "story") if key in form}
    sent = kept | {"act": name, "page": [one.pk for one in chosen]} | more
    return messages(desk.post(change(of), sent, follow=True))


@pytest.mark.parametrize("name", ["split", "move", "merge"])
def test_a_story_with_other_pages_than_shown_is_not_cut(desk, paul, name):
    bring(coverage(BRIDGE, 4), coverage(FLOOD, 3))
    form = opened(desk, change(story(BRIDGE)))
    split(pages(BRIDGE, 3), by=paul)
    before = partition()
    to = story(FLOOD).public_id
    [said] = act(desk, story(BRIDGE), form, name, pages(BRIDGE, 1), to=to)
    assert said.startswith("Nothing was changed: paul split")
    assert "look at it again" in said
    assert partition() == before


def test_a_story_that_an_import_added_to_is_not_cut(desk):
    bring(coverage(BRIDGE, 3))
    form = opened(desk, change(story(BRIDGE)))
    bring(coverage(BRIDGE, 4))
    [said] = act(desk, story(BRIDGE), form, "split", pages(BRIDGE, 1))
    assert "has changed since: look at it again" in said
    assert len(partition()) == 1


def test_pages_that_somebody_hid_are_not_published_again(desk, paul):
    bring(coverage(BRIDGE, 3))
    form = opened(desk, change(story(BRIDGE)))
    withdraw(page(BRIDGE, 0), by=paul)
    chosen = pages(BRIDGE, 0, 1)
    [said] = act(desk, story(BRIDGE), form, "publish", chosen)
    assert said.startswith("Published: 1 article. “")
    assert "paul withdrew it since" in said
    assert page(BRIDGE, 0).is_withdrawn
    [said] = act(desk, story(BRIDGE), form, "publish", pages(BRIDGE, 0))
    assert said.startswith("Nothing was changed: ") and "paul withdrew it" in said


def test_a_lead_a_title_and_a_pin_that_another_changed_stay(desk, paul):
    bring(coverage(BRIDGE, 3))
    other = next(one for one in pages(BRIDGE, 0, 1, 2) if one != story(BRIDGE).lead)
    form = opened(desk, change(story(BRIDGE)))
    lead(other, by=paul)
    third = next(one for one in pages(BRIDGE, 0, 1, 2) if one != story(BRIDGE).lead)
    [said] = act(desk, story(BRIDGE), form, "lead", [third])
    assert "paul made “" in said and story(BRIDGE).lead == other
    title(page(BRIDGE), "Paul's words", by=paul)
    [said] = act(desk, story(BRIDGE), form, "title", title="Edith's words")
    assert "Paul&#x27;s" not in said and "Paul's words” since" in said
    assert story(BRIDGE).title == "Paul's words"
    # What is of another kind was shown as it is.
    assert act(desk, story(BRIDGE), form, "pin") == ["Pinned."]


def test_what_was_typed_is_there_again_when_it_is_refused(desk, paul):
    bring(coverage(BRIDGE, 3))
    form = opened(desk, change(story(BRIDGE)))
    title(page(BRIDGE), "Paul's words", by=paul)
    kept = {"story": form["story"], "act": "title", "title": 'My "<b>" words'}
    answer = desk.post(change(story(BRIDGE)), kept | {"why": "so & so", "page": "x"})
    fields = opened_again(answer, "title")
    assert fields["title"] == ['My "<b>" words'] and fields["why"] == ["so & so"]
    # And it may be sent once more, now that the editor has seen what stands.
    desk.post(change(story(BRIDGE)), fields | {"act": "title"})
    assert story(BRIDGE).title == 'My "<b>" words'


def opened_again(answer, holding: str) -> dict:
    return next(one for one in forms_on(answer.content.decode()) if holding in one)


@pytest.mark.parametrize("name", ["split", "lead", "title", "pin", "publish"])
def test_acts_that_do_not_say_what_was_shown_are_refused(desk, name):
    bring(coverage(BRIDGE, 3))
    for form in (
        {"shown": [""]},
        {"shown": ["x"], "story": ["1.1.1"]},
        {"shown": ["1.x.1"]},
    ):
        chosen = pages(BRIDGE, 1)
        [said] = act(desk, story(BRIDGE), form, name, chosen, title="Other")
        assert "Nothing was changed: " in said
    assert not Decision.objects.exists()


def test_stories_of_the_list_that_changed_are_not_merged(desk, paul):
    bring(coverage(BRIDGE, 3), coverage(FLOOD, 3))
    form = opened(desk, STORIES)
    both = [story(BRIDGE).pk, story(FLOOD).pk]
    split(pages(BRIDGE, 1), by=paul)
    before = partition()
    said = messages(
        desk.post(STORIES, acting(form, "merge_selected", both), follow=True)
    )
    assert any("paul split" in one for one in said)
    assert partition() == before


def test_a_suggestion_that_another_answered_is_refused(desk, paul):
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    rows = [f"{one.pk}.{one.story_id}.0" for one in pages(BRIDGE, 0, 1)]
    rows += [f"{one.pk}.{one.story_id}.0" for one in pages(FLOOD, 0, 1)]
    sent = {
        "act": "dismiss",
        "kind": "merge",
        "one": page(BRIDGE).pk,
        "other": page(FLOOD).pk,
        "shown": " ".join(rows),
    }
    merge([story(BRIDGE), story(FLOOD)], by=paul)
    made = Decision.objects.count()
    [said] = messages(desk.post(REVIEW, sent, follow=True))
    assert "paul merged" in said
    assert Decision.objects.count() == made


def test_huge_and_foreign_suggestions_are_refused(desk):
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    rows = " ".join(f"{number}.1.0" for number in range(1, 60_000))
    ours = [f"{one.pk}.{one.story_id}.0" for one in pages(BRIDGE, 0, 1)]
    for shown in (rows, " ".join(ours), "999999.1.0", "1.x.0", ""):
        sent = {"act": "do", "kind": "merge", "shown": shown}
        sent |= {"one": page(BRIDGE).pk, "other": page(FLOOD).pk}
        [said] = messages(desk.post(REVIEW, sent, follow=True))
        assert said.startswith("Nothing was changed")
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["list", "form", "action", "story", "review"])
def test_rows_are_compared_in_the_transaction_that_decides(desk, monkeypatch, way):
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    inside = []
    compare = Since.__init__

    def watched(self, *given) -> None:
        inside.append(connection.in_atomic_block)
        compare(self, *given)

    monkeypatch.setattr(Since, "__init__", watched)
    first = page(BRIDGE).article
    if way == "list":
        desk.post(LIST, ticked(opened(desk, LIST), {first.pk: False}))
    elif way == "form":
        path = f"{LIST}{first.pk}/change/"
        form = opened(desk, path)
        form.pop("published")
        desk.post(path, form)
    elif way == "action":
        desk.post(LIST, acting(opened(desk, LIST), "withdraw_selected", [first.pk]))
    elif way == "story":
        form = opened(desk, change(story(BRIDGE)))
        act(desk, story(BRIDGE), form, "withdraw", [page(BRIDGE)])
    else:
        every = [*pages(BRIDGE, 0, 1), *pages(FLOOD, 0, 1)]
        sent = {
            "act": "do",
            "kind": "merge",
            "one": page(BRIDGE).pk,
            "other": page(FLOOD).pk,
            "shown": " ".join(f"{one.pk}.{one.story_id}.0" for one in every),
        }
        desk.post(REVIEW, sent)
    assert inside and all(inside)
    assert Decision.objects.exists()


# Whatever they do, and in whatever order

WHO = st.sampled_from(["edith", "paul"])
STEPS = st.one_of(
    st.tuples(st.just("open"), WHO),
    st.tuples(
        st.just("save"), WHO, st.dictionaries(st.sampled_from(NAMES), st.booleans())
    ),
    st.tuples(st.just("act"), WHO, st.sets(st.sampled_from(NAMES)), st.booleans()),
    st.tuples(
        st.just("import"), st.fixed_dictionaries(dict.fromkeys(NAMES, st.booleans()))
    ),
)
quick = settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quick
@given(steps=st.lists(STEPS, min_size=3, max_size=10))
def test_every_decision_is_one_that_an_editor_made_by_changing_that_row(db, steps):
    Decision.objects.all().delete()
    import_drops(drops())
    browsers, forms = {}, {}
    for name in ("edith", "paul"):
        browsers[name] = Client()
        browsers[name].force_login(_user(name))
        forms[name] = opened(browsers[name], LIST)
    for step in steps:
        known = set(Decision.objects.values_list("pk", flat=True))
        before = {name: article(name).published for name in NAMES}
        asked = _carry_out(step, browsers, forms)
        made = Decision.objects.exclude(pk__in=known)
        for one in made:
            assert step[0] in ("save", "act") and one.author == step[1]
            assert asked[one.source_name] == (one.kind == "publish")
        for name in NAMES:
            touched = made.filter(source_name=name).exists()
            if not touched and step[0] != "import":
                assert article(name).published == before[name]


def _user(name: str) -> User:
    return User.objects.filter(username=name).first() or member(name, EDITORS)


def _carry_out(step, browsers, forms) -> dict[str, bool]:
    """Do it; which rows the editor changed, and to what."""
    if step[0] == "import":
        import_drops(drops(**step[1]))
        return {}
    desk, form = browsers[step[1]], forms[step[1]]
    if step[0] == "open":
        forms[step[1]] = opened(desk, LIST)
        return {}
    if step[0] == "act":
        _, _, names, published = step
        name = "publish_selected" if published else "withdraw_selected"
        pks = [article(one).pk for one in sorted(names)]
        assert desk.post(LIST, acting(form, name, pks)).status_code in (200, 302)
        return dict.fromkeys(names, published)
    assert (
        desk.post(
            LIST, ticked(form, {article(k).pk: v for k, v in step[2].items()})
        ).status_code
        == 302
    )
    shown = _shown(form)
    return {k: v for k, v in step[2].items() if shown[article(k).pk] != v}


def _shown(form) -> dict[int, bool]:
    return {
        int(pk): f"{name.removesuffix('-id')}-published" in form
        for name, values in form.items()
        if name.startswith("form-") and name.endswith("-id")
        for pk in values
    }


def test_very_many_rows_are_decided_on_some_at_a_time(desk, monkeypatch):
    """Nobody waits for all of them, and what is withdrawn meanwhile stays so."""
    import_drops(drops())
    monkeypatch.setattr("articles.admin.deciding.MANY", 1)
    monkeypatch.setattr("articles.admin.readers.MANY", 1)
    form = opened(desk, LIST)
    chosen = [article(name).pk for name in ("a", "b")]
    asked = desk.post(LIST, acting(form, "withdraw_selected", chosen))
    again = next(one for one in forms_on(asked.content.decode()) if "shown" in one)
    turns: list[int] = []
    decide = readers.decide

    def taking_turns(kind, rows, **given):
        turns.append(len(rows))
        return decide(kind, rows, **given)

    monkeypatch.setattr(readers, "decide", taking_turns)
    said = messages(desk.post(LIST, again | {"sure": "yes"}, follow=True))
    assert "2 withdrawn." in said
    assert turns == [1, 1]
