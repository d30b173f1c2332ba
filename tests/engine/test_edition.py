"""An edition's digest tells its text from every other, whatever the machine's line ends."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.calls.edition import FILES, canonical, digest, of_call

texts = st.dictionaries(st.sampled_from(FILES), st.text(alphabet="ab å\n", max_size=12), max_size=4)


def test_the_digest_is_of_names_lengths_and_lines():
    body = b"a.toml\x004\x00\xc3\xa5b\nb.toml\x003\x00x\ny\n"
    assert canonical("åb") == b"\xc3\xa5b\n"
    wanted = sha256(b"a.toml\x004\x00\xc3\xa5b\n" + b"b.toml\x004\x00x\ny\n").hexdigest()
    assert digest({"b.toml": "x\ny", "a.toml": "åb"}) == wanted
    assert sha256(body).hexdigest() != wanted


@given(files=texts)
def test_line_ends_and_order_do_not_matter(files):
    other = {name: text.replace("\n", "\r\n") for name, text in reversed(files.items())}
    assert digest(other) == digest(files)


@given(one=texts, other=texts)
def test_different_texts_have_different_digests(one, other):
    same = {name: canonical(text) for name, text in one.items()} == {n: canonical(t) for n, t in other.items()}
    assert (digest(one) == digest(other)) is same


def test_of_a_folder_only_the_files_of_the_call_are_taken_in_their_order():
    folder = {"notes.txt": "", "overlay.toml": "o", "SOURCE.md": "s", "call.toml": "c", "programme.toml": "p"}
    assert list(of_call(folder)) == ["call.toml", "SOURCE.md", "programme.toml", "overlay.toml"]
