"""Signing in: real accounts, no signing up, passwords by mail; one click in a demonstration and nowhere else."""

from __future__ import annotations

import re
from email import message_from_string
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client

from samspel.store.models import Person

if TYPE_CHECKING:
    from tests.web.marked import Marked

pytestmark = pytest.mark.django_db
PASSWORD = "Sju sjösjuka sjömän 17"


def test_a_password_is_set_by_the_link_in_the_mail_and_opens_the_site(world: Marked):
    person = world.people["officer"]
    assert Client().post("/account/password/reset/", {"email": person.email}).status_code == 302
    [letter] = mail.outbox
    assert letter.to == [person.email]
    text = message_from_string(letter.message().as_string(), policy=default).get_content()
    address = re.search(r"http://[^/]+(/account/password/reset/key/\S+)", text)
    assert address is not None

    client = Client()
    form = client.get(address[1], follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302

    signed_in = Client()
    sent = signed_in.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert (sent.status_code, sent.headers["location"]) == (302, "/work/")
    assert mark_of(person) in signed_in.get("/work/").content.decode()


def mark_of(person: Person) -> str:
    return person.name


def test_a_wrong_password_is_told_without_saying_which_was_wrong(world: Marked):
    sent = Client().post("/account/login/", {"login": world.people["officer"].email, "password": "wrong"})
    assert sent.status_code == 200
    assert 'role="alert"' in sent.content.decode()


def test_nobody_signs_up(world: Marked):
    before = Person.objects.count()
    Client().post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert Person.objects.count() == before


def test_an_address_is_not_changed_outside_the_door(world: Marked):
    client = Client()
    client.force_login(world.people["officer"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/account/email/").status_code == 404
    assert client.post("/account/email/", {"action_add": "", "email": "other@example.org"}).status_code == 404


def test_one_click_is_for_a_demonstration_only(world: Marked, settings):
    address = f"/demo/sign-in/{world.people['officer'].pk}/"
    assert Client().get(address).status_code == 404
    assert Client().get("/demo/").status_code == 404
    settings.DEMO = True
    client = Client()
    assert client.get(address).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_one_click_never_opens_a_real_account(world: Marked, settings):
    settings.DEMO = True
    person = world.people["officer"]
    Person.objects.filter(pk=person.pk).update(invented=False)
    assert Client().get(f"/demo/sign-in/{person.pk}/").status_code == 404


def test_a_form_that_is_no_longer_trusted_is_told_in_the_house_s_own_page(world: Marked):
    sent = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x", "password": "y"})
    assert sent.status_code == 403
    assert 'class="site-head' in sent.content.decode()


def test_an_address_with_a_character_that_no_database_keeps_leads_nowhere(world: Marked):
    assert Client().get("/register/organisations/?q=%00").status_code == 404
