"""Tests of `triage.citations`: surfaces, Acts, collapse, roles, the catalogue, and hostile text."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import triage.citations as citations
from triage.citations import entry_of, find_citations, is_list_line, load_catalogue, title_of
from triage.citations.grammar import read_limbs
from triage.schema import Citation, Provision, Regime, Role

DOMAIN = Path(__file__).resolve().parents[2] / "shared" / "domain"
LATER = dt.date(2023, 2, 14)
EARLIER = dt.date(2018, 5, 24)


def printed(provisions: Iterable[Provision]) -> str:
    """Write provisions in one string."""
    return " ".join(map(str, provisions))


def over(found: tuple[Citation, ...], field: str) -> str:
    """Write one field of several citations in one string, without repeats."""
    return printed(dict.fromkeys(p for citation in found for p in getattr(citation, field)))


SURFACES = [
    pytest.param("Section 31(1)(a)(b) – Law Enforcement", "s31(1)(a) s31(1)(b)", id="sibling letters"),
    pytest.param("section 31 (1) (a) & (b)", "s31(1)(a) s31(1)(b)", id="spaces and ampersand"),
    pytest.param("Section 31(1)(a)/(b)", "s31(1)(a) s31(1)(b)", id="slash between letters"),
    pytest.param("s31(1)(a),(b),(c)", "s31(1)(a) s31(1)(b) s31(1)(c)", id="commas between letters"),
    pytest.param("Section 31(1)(a) to (c)", "s31(1)(a) s31(1)(b) s31(1)(c)", id="range of letters"),
    pytest.param("Section 31(1)(g)(h)(i)", "s31(1)(g) s31(1)(h) s31(1)(i)", id="i after h in s.31 is a letter"),
    pytest.param("Section 30(1)(a)(i)(ii) and (b)", "s30(1)(a)(i) s30(1)(a)(ii) s30(1)(b)", id="letter after roman"),
    pytest.param("S.36(2)(b)(i), (ii) and (c)", "s36(2)(b)(i) s36(2)(b)(ii) s36(2)(c)", id="roman after comma"),
    pytest.param("Section 27(1)(a) and (2)", "s27(1)(a) s27(2)", id="digit goes back to the subsection"),
    pytest.param("Section 37(1)(aa)&(ad)", "s37(1)(aa) s37(1)(ad)", id="double letters"),
    pytest.param("Sections 24, 31 & 38", "s24 s31 s38", id="plural takes bare numbers"),
    pytest.param("Section 31(1) and 12 officers", "s31(1)", id="singular leaves bare numbers"),
    pytest.param("Sections 31(1) and 24(1), 12 officers", "s31(1) s24(1)", id="plural leaves counted things"),
    pytest.param("Section 21, 22 and 43 of the Act", "s21 s22 s43", id="singular list closed by the Act"),
    pytest.param("Section 40(2) and 38(1)", "s40(2) s38(1)", id="second number without keyword"),
    pytest.param("ss.12 and 14", "s12 s14", id="ss"),
    pytest.param("Sec. 43 (2)", "s43(2)", id="sec with stop"),
    pytest.param("S.21/22", "s21 s22", id="slash between numbers"),
    pytest.param("Sections 23(5)/24(2)", "s23(5) s24(2)", id="slash between limbs"),
    pytest.param("§ 42(1)", "s42(1)", id="section sign"),
    pytest.param("Exemption 31(1)(a)", "s31(1)(a)", id="exemption as keyword"),
    pytest.param("FOIA 43(2)", "s43(2)", id="Act as keyword"),
    pytest.param("exempt under 40(2)", "s40(2)", id="exempt as keyword"),
    pytest.param("subsection (1)(b) of section 38", "s38(1)(b)", id="subsection before its section"),
    pytest.param("Section 31, subsections (1)(a) and (b)", "s31(1)(a) s31(1)(b)", id="subsections in words"),
    pytest.param(
        "sections 24(1) (national security), 31(1)(a) (law enforcement) and 38(1)(b)",
        "s24(1) s31(1)(a) s38(1)(b)",
        id="bracketed titles between members",
    ),
    pytest.param(
        "Section 31(1)(a) Law Enforcement & 38(1)(b) Health and Safety",
        "s31(1)(a) s38(1)(b)",
        id="plain titles between members",
    ),
    pytest.param("Section 31(1)(a) - Law Enforcement - and 39(1)", "s31(1)(a) s39(1)", id="titles between dashes"),
    pytest.param("withheld under section\n43(2) of the Act", "s43(2)", id="line end before the number"),
    pytest.param("under section 31(1)(a)\nand (b) of the Act", "s31(1)(a) s31(1)(b)", id="line end before a letter"),
    pytest.param("> under section\n> 21 of the Act", "s21", id="quote mark inside"),
    pytest.param("Section\u00a040(2)", "s40(2)", id="no-break space"),
    pytest.param("Section 40(2)\n(a) The names of staff", "s40(2)", id="list marker on the next line"),
    pytest.param("exempt under section 21.\n(2) Next item", "s21", id="full stop ends the citation"),
    pytest.param("see section 12 (18 hours)", "s12", id="bracket that is no limb"),
    pytest.param("section 22a", "s22A", id="small letter of s.22A"),
]


@pytest.mark.parametrize(("text", "literal"), SURFACES)
def test_surface_is_read_to_its_deepest_limb(text: str, literal: str) -> None:
    """Every way to print a citation names the same provisions."""
    assert over(find_citations(text), "literal") == literal


@pytest.mark.parametrize(
    ("text", "literal", "flag"),
    [
        pytest.param("Section 31(a)(b)", "s31(1)(a) s31(1)(b)", "repaired-subsection", id="subsection left out"),
        pytest.param("s1(b)", "s1(1)(b)", "repaired-subsection", id="subsection of s.1"),
        pytest.param("Section 36(b)(i)", "s36(2)(b)(i)", "repaired-subsection", id="s.36 hangs on (2)"),
        pytest.param("Section 40(2) & 3A(a)", "s40(2) s40(3A)(a)", "lost-bracket", id="both brackets"),
        pytest.param("Section 40(2 of the Act", "s40(2)", "lost-bracket", id="closing bracket"),
        pytest.param("Section 31(1)a)", "s31(1)(a)", "lost-bracket", id="opening bracket"),
        pytest.param("s31(1)a", "s31(1)(a)", "lost-bracket", id="naked letter"),
        pytest.param("Section 31(1)(g) subsection 2(b)", "s31(1)(g) s31(2)(b)", "subsection-word", id="word"),
        pytest.param("Section 31(1)(a)-(c)", "s31(1)(a) s31(1)(b) s31(1)(c)", "range", id="range"),
        pytest.param("Section 31", "s31", "no-subsection", id="bare section"),
        pytest.param("Exemption 38", "s38", "exemption-as-keyword", id="exemption"),
        pytest.param("Section 12(5)(e)", "eir12(5)(e)", "regulation-called-section", id="regulation"),
        pytest.param("section 106 agreement", "s106", "other-act", id="other Act"),
    ],
)
def test_repair_is_flagged(text: str, literal: str, flag: str) -> None:
    """A citation that had to be mended, or is bare, says so."""
    found = find_citations(text)
    assert over(found, "literal") == literal
    assert flag in found[0].flags


@pytest.mark.parametrize("text", ["Section 31(1)(a)", "Section 16", "section 40(2) and (3A)(a)"])
def test_sound_citation_has_no_flag(text: str) -> None:
    """Nothing is flagged where nothing was mended."""
    assert find_citations(text)[0].flags == ()


@pytest.mark.parametrize(
    ("text", "effective", "conditions"),
    [
        pytest.param("Section 40(2)(a)(b)", "s40(2)", "", id="40(2) is one exemption"),
        pytest.param("Section 40(2)(3A)(a)", "s40(2)", "s40(3A)(a)", id="first condition"),
        pytest.param("Section 40(2) by virtue of section 40(4A)", "s40(2)", "s40(4A)", id="third condition"),
        pytest.param("Section 40(3A)(a)", "s40(2)", "s40(3A)(a)", id="condition alone stands for 40(2)"),
        pytest.param("Section 31(1)(a)(b)", "s31(1)(a) s31(1)(b)", "", id="31(1) limbs are exemptions"),
        pytest.param("Section 38(1)(a)(b)", "s38(1)(a) s38(1)(b)", "", id="38(1) limbs are exemptions"),
        pytest.param("Section 31(1)(g)&(2)(c)", "s31(1)(g)", "s31(2)(c)", id="purpose beside 31(1)(g)"),
        pytest.param("Section 31(2)(c)", "s31(2)(c)", "", id="purpose alone"),
        pytest.param("Section 22(1)(a)(b)(c)", "s22(1)", "", id="22(1) limbs are met together"),
        pytest.param("Section 22(1)(a)", "s22(1)(a)", "", id="one limb stays as printed"),
        pytest.param("Section 41(1)(a) and (b)", "s41(1)", "", id="41(1) limbs are met together"),
        pytest.param("Regulation 13(1) and 13(2A)(a) of the EIR", "eir13(1)", "eir13(2A)(a)", id="EIR condition"),
        pytest.param("Section 38(1)(b) and (2A)(a) of FOISA", "foisa38(1)(b)", "foisa38(2A)(a)", id="FOISA condition"),
    ],
)
def test_limbs_collapse_to_what_an_officer_ticks(text: str, effective: str, conditions: str) -> None:
    """Cumulative limbs and conditions fold into their exemption, alternatives stay apart."""
    found = find_citations(text)
    assert (over(found, "effective"), over(found, "conditions")) == (effective, conditions)


def test_condition_finds_its_exemption_in_another_sentence() -> None:
    """A condition names no exemption of its own when s.40(2) stands elsewhere in the letter."""
    text = "Names are withheld under section 40(2).\n\nThe condition in section 40(3A)(a) is met."
    first, second = find_citations(text)
    assert printed(first.effective) == "s40(2)"
    assert (second.effective, printed(second.conditions), second.flags) == ((), "s40(3A)(a)", ())


@pytest.mark.parametrize(
    ("text", "date", "effective", "legacy"),
    [
        pytest.param("Section 40(5)", LATER, "s40(5B)(a)(i)", True, id="later, third party"),
        pytest.param("Section 40(5)", None, "s40(5B)(a)(i)", True, id="no day"),
        pytest.param("Section 40(5)", EARLIER, "s40(5)(b)(i)", False, id="day before"),
        pytest.param("Section 40(5)", dt.date(2018, 5, 25), "s40(5B)(a)(i)", True, id="day itself"),
        pytest.param("Section 40(5) covers your own data", LATER, "s40(5A)", True, id="later, own data"),
        pytest.param("Section 40(5)(a)", LATER, "s40(5A)", True, id="later, limb (a)"),
        pytest.param("Section 40(5)(b)(i)", LATER, "s40(5B)(a)(i)", True, id="later, limb (b)"),
        pytest.param("Section 40(5)(a)", EARLIER, "s40(5)(a)", False, id="earlier, limb (a)"),
        pytest.param("Section 40(2)(3)&(4)", LATER, "s40(2)", True, id="later, conditions"),
        pytest.param("Section 40(2)(3)&(4)", EARLIER, "s40(2)", False, id="earlier, conditions"),
        pytest.param("Section 40(5B)(a)(i)", LATER, "s40(5B)(a)(i)", False, id="present numbering"),
    ],
)
def test_section_40_is_read_by_the_day(text: str, date: dt.date | None, effective: str, legacy: bool) -> None:
    """Old numbering is translated from 25 May 2018 on and is the law before."""
    (found,) = find_citations(text, date=date)
    assert printed(found.effective) == effective
    assert ("legacy-s40" in found.flags) is legacy


@pytest.mark.parametrize(
    ("text", "regime", "effective"),
    [
        pytest.param("section 25", Regime.FOISA, "foisa25", id="Scottish authority"),
        pytest.param(
            "section 25(1) of the Freedom of Information (Scotland) Act 2002", Regime.FOIA, "foisa25(1)", id="named"
        ),
        pytest.param("section 38(1)(b) of FOISA", Regime.FOIA, "foisa38(1)(b)", id="FOISA"),
        pytest.param("section 30(b)(i)", Regime.FOISA, "foisa30(b)(i)", id="Scottish s.30 has no subsections"),
        pytest.param("section 40(2) of the FOI Act 2000", Regime.FOISA, "s40(2)", id="named against the authority"),
        pytest.param("regulation 12(4)(b)", Regime.FOIA, "eir12(4)(b)", id="regulation"),
        pytest.param("exception 12(5)(f)", Regime.FOIA, "eir12(5)(f)", id="exception"),
        pytest.param(
            "Section 12(4)(b) of the Environmental Information Regulations", Regime.FOIA, "eir12(4)(b)", id="tail"
        ),
        pytest.param("EIR 12(5)(b)", Regime.FOIA, "eir12(5)(b)", id="EIR as keyword"),
        pytest.param("Section 12(4)", Regime.FOIA, "s12(4)", id="aggregation stays in the Act"),
        pytest.param("Section 12(4)(b)", Regime.EIR, "eir12(4)(b)", id="regime of the request"),
        pytest.param("regulation 10(4)(e)", Regime.FOIA, "eisr10(4)(e)", id="regulation 10 is Scottish"),
        pytest.param("regulation 11(2)", Regime.FOISA, "eisr11(2)", id="Scottish regulation"),
        pytest.param(
            "section 30(1)(a) and section 34(1) of FOISA", Regime.FOIA, "foisa30(1)(a) foisa34(1)", id="chain"
        ),
        pytest.param(
            "section 42 and regulation 12(5)(b) of the EIR", Regime.FOIA, "s42 eir12(5)(b)", id="broken chain"
        ),
        pytest.param(
            "section 43(2) Commercial Interests of the Freedom of Information Act", Regime.FOIA, "s43(2)", id="title"
        ),
        pytest.param("section 21 of the [NAME] of Information Act 2000", Regime.FOIA, "s21", id="masked name"),
        pytest.param(
            "section 40(2) of\nthe [1]Freedom of Information\nAct 2000", Regime.FOISA, "s40(2)", id="footnote"
        ),
        pytest.param("Data Protection Act 2018, section 40(2) applies", Regime.FOIA, "s40(2)", id="clause before"),
        pytest.param(
            "section 40(2) Personal Information and the Data Protection Act", Regime.FOIA, "s40(2)", id="clause after"
        ),
    ],
)
def test_act_is_the_named_one_then_the_regime(text: str, regime: Regime, effective: str) -> None:
    """The Act named beside a citation wins over the authority's regime."""
    assert over(find_citations(text, regime=regime), "effective") == effective


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        pytest.param("section 47 of the Invented Harbours Act 1951", "s47", id="Act named after"),
        pytest.param("Children Act 1989 (section 17)", "s17", id="Act named before"),
        pytest.param("section 5 Public Order Act 1986", "s5", id="Act without of"),
        pytest.param("sections 30 and 31 of the Terrorism Act 2000", "s30 s31", id="list of another Act"),
        pytest.param("section 42 and 43 of the Tidy Ports Act 1902", "s42", id="number the list did not take"),
        pytest.param("sections 13-14 of the Tidy Ports Act 1902", "s13", id="range of sections"),
        pytest.param("section 44(1)(a) of PACE", "s44(1)(a)", id="abbreviation"),
        pytest.param("PACE s.60", "s60", id="abbreviation before"),
        pytest.param("section 45 of the Data Protection Act 2018", "s45", id="data protection"),
        pytest.param("section 12 of the Fees Regulations", "s12", id="fees"),
        pytest.param("Regulation 4(3) of the Fees Regulations", "s4(3)", id="fees regulation"),
        pytest.param("section 19 of Schedule 2", "s19", id="schedule"),
        pytest.param("the section 151 officer", "s151", id="officer"),
        pytest.param("S106 contributions", "s106", id="contributions"),
        pytest.param("a section 21 notice to a tenant", "s21", id="notice"),
        pytest.param("section 47 enquiries", "s47", id="enquiries"),
        pytest.param("support given since 2019 as section 20", "s20", id="section that no reply cites"),
        pytest.param("people arrested under section 30", "s30", id="police power"),
        pytest.param("Housing Act 1985 gives the duty; see section 60 of that Act", "s60", id="that Act"),
        pytest.param("section 5(a) of the Tidy Ports Act 1902", "s5(a)", id="limbs left as printed"),
    ],
)
def test_other_act_is_kept_apart(text: str, literal: str) -> None:
    """A section of another Act is literal only, flagged and mentioned."""
    found = find_citations(text)
    assert over(found, "literal") == literal
    assert all(c.effective == () and c.role is Role.MENTIONED and "other-act" in c.flags for c in found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("your reply to question 12(1)", id="question label"),
        pytest.param("section 3 of the Lettings Policy", id="policy"),
        pytest.param("sections 2 and 3 of your request", id="request"),
        pytest.param("our Lettings Policy, section 3.", id="policy before"),
        pytest.param("Section 4.6 of that guidance", id="decimal"),
        pytest.param("PO Box 12, Ashmere S1 1ZZ", id="postcode"),
        pytest.param("Appeals under the Act: Ashmere, S1 1ZZ", id="postcode near words of law"),
        pytest.param("cars parked in the S12 postcode area", id="postcode district"),
        pytest.param("the sports hall in Ashmere S8 was closed", id="district without a word"),
        pytest.param("the sergeant's 12 hours", id="genitive"),
        pytest.param("Environmental Information Regulations 2004", id="year"),
        pytest.param("Article 6(1)(f) of the UK GDPR", id="article"),
        pytest.param("https://example.org/s40/section-12", id="address"),
        pytest.param("section 1,200 of 3,000 rows", id="thousands"),
        pytest.param("subsection 2", id="subsection without section"),
        pytest.param("appointed under exception 1", id="exception of other rules"),
    ],
)
def test_false_friend_is_no_citation(text: str) -> None:
    """Numbers that cite no law are left alone."""
    assert find_citations(text) == ()


@pytest.mark.parametrize(
    ("text", "effective"),
    [
        pytest.param("How many searches were made under s.44?", "", id="power"),
        pytest.param("Of those, how many used section 31?", "", id="bare"),
        pytest.param("How many requests were refused under section 12?", "s12", id="refusal words"),
        pytest.param("Names may be left out under section 40(2) of FOIA.", "s40(2)", id="named"),
        pytest.param("Section 38 of the Highways Act 1980 and FOI", "", id="other Act"),
    ],
)
def test_request_half_needs_words_of_foi(text: str, effective: str) -> None:
    """In a request numbers are of other Acts unless FOI is near, and nothing is applied."""
    found = find_citations(text, half="request")
    assert over(found, "effective") == effective
    assert {c.role for c in found} == {Role.MENTIONED}


def test_unknown_half_is_refused() -> None:
    """A half that is neither request nor response is the caller's mistake."""
    with pytest.raises(ValueError, match="'reply'"):
        find_citations("section 12", half="reply")


@pytest.mark.parametrize(
    "text",
    [
        "The names are exempt under section 40(2).",
        "In our first reply we relied on section 43(2). That decision is upheld.",
        "We consider that section 43(2) is engaged.",
        "Having considered whether the public interest favours openness, we find that section 31(1)(a) applies.",
        "We can neither confirm nor deny whether we hold this by virtue of section 40(5B)(a)(i).",
        "Section 40(2) is an absolute exemption and the public interest test does not apply.",
        "Section 12 means that we are not obliged to comply.",
        "We are not obliged to comply by virtue of section 14(1).",
        "The list has not been supplied because it is exempt under section 38(1)(b).",
        "Details that could identify staff are exempt under section 40(2).",
        "We have applied section 43(2), but have not withheld the totals.",
        "In considering section 43(2) we concluded that it is engaged.",
        "As you said that you need names, please note that names are exempt under section 40(2).",
        "Telephone extensions are exempt under section 31(1)(a) at this time.",
        "We considered the public interest under section 30(1) and decided not to disclose.",
        "We weighed whether the public interest favours maintaining section 31(1)(a): the balance is for withholding.",
    ],
)
def test_deciding_citation_is_applied(text: str) -> None:
    """A sentence that decides applies what it cites, whatever negations stand near."""
    assert [c.role for c in find_citations(text)] == [Role.APPLIED]


@pytest.mark.parametrize(
    "text",
    [
        "We considered whether section 43(2) applied but the harm was not clear.",
        "We considered section 22 but decided against it.",
        "Section 38 is not engaged.",
        "Section 38(1)(a) and section 24(1) are not engaged.",
        "The exemption at section 42 does not apply here.",
        "We no longer rely on section 12.",
        "We withdraw our reliance on section 21.",
        "The figures are not exempt under section 43(2).",
        "Section 21 was wrongly applied in the first reply.",
        "In our first reply we relied on section 43(2). The contract has ended. That decision is overturned.",
        "You argue that section 40(2) cannot cover senior staff.",
        "A further request may be refused under section 14(2).",
        "Section 43(2) might apply to later tenders.",
        "If you were to ask for names, section 40(2) would come into play.",
        "Guidance on section 12 can be found online.",
        "We need more time to weigh the public interest for section 43(2).",
        "We need to consider whether the public interest lies in maintaining section 42.",
        "Because it is environmental information it is exempt under section 39.",
        "Section 42 is engaged. However, the public interest lies in favour of disclosure.",
        "Fees and the limit (section 12) | ICO",
        "We do not see this as section 36.",
        "There is no need to rely on section 43(2) here.",
        "The reliance on section 38(1)(b) is overturned.",
        "Thought was given to whether the plans should be held back under section 43(2), but we see no harm.",
        "I ask myself whether section 31 covers it, but it would be absurd to hide it.",
        "Section 12 was mentioned at the time.",
        "Had we found any, section 27(1)(a) might have been in point.",
        "Section 43(2) might be in point.",
        "But for this, we would have had to consider section 43(2).",
        "We answered today.\n> refuse it under section 14(1)\nThat was the old mail.\nIt is closed.",
        "All figures are attached.\n\nLEGAL ANNEX\nSection 12(1) of the Act provides as follows.",
    ],
)
def test_citation_that_decides_nothing_is_mentioned(text: str) -> None:
    """Rejected, possible, quoted, routed and pasted citations are not applied."""
    found = find_citations(text)
    assert found
    assert {c.role for c in found} == {Role.MENTIONED}


@pytest.mark.parametrize("provision", ["1(1)(a)", "8(1)", "10(3)", "16", "17(1)", "17(7)", "45", "50", "84"])
def test_duty_and_procedure_are_always_mentioned(provision: str) -> None:
    """Sections that refuse nothing are never applied, yet keep their provision in `effective`."""
    (found,) = find_citations(f"This is exempt under section {provision}.")
    assert (printed(found.effective), found.role) == (f"s{provision}", Role.MENTIONED)


def test_list_is_cut_where_the_role_changes() -> None:
    """A duty in a list of exemptions becomes a citation of its own, with its own span."""
    text = "Sections 12 and 16 of the Act"
    first, second = find_citations(text)
    assert (first.surface, first.role) == ("Sections 12", Role.APPLIED)
    assert (second.surface, second.role) == ("16", Role.MENTIONED)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Section 40(2) – Personal Information", True, id="dash and title"),
        pytest.param("• section 31(1)(a)(b) - law enforcement", True, id="bullet"),
        pytest.param("2) Section 38(1) Health and Safety,", True, id="number and plain title"),
        pytest.param("Section 24(2) National Security and Section 31(3) Law Enforcement", True, id="two citations"),
        pytest.param("Section 43 of the Freedom of Information Act 2000", True, id="heading with Act"),
        pytest.param("Freedom of Information Act 2000 Exemption 21 (Accessible elsewhere)", True, id="Act first"),
        pytest.param("S.12", True, id="short"),
        pytest.param("Section 40(2) personal information", True, id="small title"),
        pytest.param("Section 40(2) exempts personal data of others", False, id="verb"),
        pytest.param("section 40(2) of the Freedom of Information Act 2000", False, id="wrapped prose"),
        pytest.param("Section 21 – we have published this", False, id="prose after a dash"),
        pytest.param("Section 21 in respect of prices", False, id="preposition"),
        pytest.param("Section 10(3) of the FOI Act 2000 enables delays", False, id="verb after the Act"),
        pytest.param("Section 21 Prices are printed in the yearbook", False, id="sentence with a capital"),
        pytest.param("This is exempt under Section 40(2)", False, id="prose before"),
        pytest.param("Personal Information", False, id="no citation"),
        pytest.param("", False, id="empty"),
    ],
)
def test_list_line_is_told_from_prose(line: str, expected: bool) -> None:
    """Only citations, their titles and bullets make a list line."""
    assert is_list_line(line) is expected


def test_catalogue_is_keyed_by_printed_provisions() -> None:
    """Every id parses and prints to itself, and every NCND limb named is known or a limb of one known."""
    catalogue = load_catalogue()
    for name, entry in catalogue.items():
        assert str(Provision.parse(name)) == name == entry.id
        assert entry.verified in {"legislation", "guidance", "secondary", "background"}
        if entry.ncnd_limb is not None:
            assert entry_of(Provision.parse(entry.ncnd_limb)) is not None


@pytest.mark.parametrize(
    ("provision", "kind", "absolute", "test", "limb"),
    [
        ("s21", "exemption", "absolute", False, None),
        ("s31(1)(a)", "exemption", "qualified", True, "s31(3)"),
        ("s40(2)", "exemption", "depends", None, "s40(5B)"),
        ("s12(1)", "bar", None, False, "s12(2)"),
        ("s23(5)", "ncnd", "absolute", False, "s23(5)"),
        ("eir12(4)(b)", "exception", "qualified", True, None),
        ("foisa17(1)", "not_held", None, False, None),
        ("foisa38(1)(b)", "exemption", "absolute", False, None),
    ],
)
def test_catalogue_states_the_law(
    provision: str, kind: str, absolute: str | None, test: bool | None, limb: str | None
) -> None:
    """Kind, absoluteness and limbs follow section 2(3) of FOIA, regulation 12 of the EIR and Part 2 of FOISA."""
    entry = load_catalogue()[provision]
    assert (entry.kind, entry.absolute_or_qualified, entry.public_interest_test, entry.ncnd_limb) == (
        kind,
        absolute,
        test,
        limb,
    )


@pytest.mark.parametrize(
    ("provision", "title"),
    [
        ("s43(2)", "Commercial interests"),
        ("s38(1)(a)(iv)", "Health and safety: physical or mental health"),
        ("foisa35(1)(h)", "Law enforcement"),
        ("eisr10(5)(a)", "Exceptions of substantial prejudice"),
        ("s63", ""),
    ],
)
def test_title_falls_back_to_the_coarser_provision(provision: str, title: str) -> None:
    """A limb without a row takes the title of what it belongs to."""
    assert title_of(Provision.parse(provision)) == title


def test_package_lists_what_it_offers() -> None:
    """Every public name exists and the list is sorted."""
    assert all(hasattr(citations, name) for name in citations.__all__)
    assert citations.__all__ == sorted(citations.__all__)


def test_domain_forms_are_read() -> None:
    """The collected surface forms resolve to their provisions (at least 98 in 100)."""
    path = DOMAIN / "citation-forms.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not present")
    forms = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    right = 0
    for form in forms:
        date = dt.date.fromisoformat(form["date"]) if "date" in form else None
        regime = Regime(form.get("regime", "FOIA"))
        found = find_citations(form["surface"], date=date, regime=regime, half=form.get("half", "response"))
        numbers = {re.sub(r"^[a-z]+", "", str(p)) for c in found for p in c.effective}
        right += numbers == set(form["effective"])
    assert right >= 0.98 * len(forms)


_SECTIONS = sorted({p.section for p in map(Provision.parse, load_catalogue()) if p.regime is Regime.FOIA})
_LIMBS = st.one_of(
    st.just(()),
    st.tuples(st.sampled_from(["1", "2", "3", "5A", "5B"])),
    st.tuples(st.sampled_from(["1", "2"]), st.sampled_from(["a", "b", "c", "g"])),
    st.tuples(st.sampled_from(["1", "2"]), st.sampled_from(["a", "b"]), st.sampled_from(["i", "ii", "iii", "iv"])),
)
_PROVISIONS = st.builds(Provision, st.sampled_from(Regime), st.sampled_from(_SECTIONS), _LIMBS)
_PIECES = st.sampled_from(
    [
        *(
            "section ",
            "Sections ",
            "s.",
            "S",
            "exemption ",
            "regulation ",
            "EIR ",
            "40",
            "31",
            "12",
            "22A",
            "(1)",
            "(a)",
        ),
        *(
            "(i)",
            "(",
            ")",
            "a)",
            "(2",
            " and ",
            ", ",
            "/",
            " & ",
            "\n",
            "\n> ",
            " – Title",
            " of the ",
            "FOI Act",
            "FOISA",
        ),
        *(
            "Data Protection Act 2018",
            ". ",
            "not ",
            " is not engaged",
            "whether ",
            "(3A)",
            " to ",
            "subsection ",
            "1 1AA",
        ),
    ]
)


@given(_PROVISIONS)
def test_provision_prints_and_parses_back(provision: Provision) -> None:
    """Printing and parsing are inverse."""
    assert Provision.parse(str(provision)) == provision


@given(st.sampled_from(_SECTIONS), _LIMBS)
def test_printed_section_is_found_exactly(section: str, limbs: tuple[str, ...]) -> None:
    """A section written out in prose is found once, whole, and nothing else is."""
    surface = f"section {section}" + "".join(f"({limb})" for limb in limbs)
    text = f"We rely on {surface} of the Freedom of Information Act 2000."
    (found,) = find_citations(text)
    assert (found.surface, found.literal) == (surface, (Provision(Regime.FOIA, section, limbs),))


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=25).map("".join)), st.sampled_from(Regime))
def test_spans_reproduce_their_surface(text: str, regime: Regime) -> None:
    """Any text is read without error, in order, without overlap, and every span gives its surface."""
    for half in ("request", "response"):
        end = 0
        for citation in find_citations(text, regime=regime, half=half):
            assert text[citation.start : citation.end] == citation.surface
            assert citation.literal
            assert end <= citation.start < citation.end
            assert all(Provision.parse(str(p)) == p for p in (*citation.literal, *citation.effective))
            end = citation.end
    assert isinstance(is_list_line(text), bool)


@given(st.lists(st.sampled_from(["1", "2", "3A", "a", "b", "h", "i", "ii", "x"]), max_size=12))
def test_limbs_never_lose_a_token(tokens: list[str]) -> None:
    """Every token that was printed stands in some limb."""
    leaves, _ = read_limbs(Regime.FOIA, "31", tuple(tokens))
    assert set(tokens) <= {limb for leaf in leaves for limb in leaf}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("(" * 200_000, 0, id="brackets"),
        pytest.param("section 1, " + "2, 3, 4, " * 20_000, 1, id="singular list"),
        pytest.param("sections 21" + ", 22, 40" * 8_000, 1, id="plural list"),
        pytest.param("section 31" + "(1)(a)(i)" * 20_000, 1, id="tokens"),
        pytest.param("section" + " " * 200_000 + "4", 0, id="blanks"),
        pytest.param("section\n> " * 20_000, 0, id="quote marks"),
        pytest.param("section 40(2) " + "Title " * 30_000, 1, id="title"),
        pytest.param("subsection (1) of " * 10_000, 0, id="subsections"),
        pytest.param("https://" + "a/s40" * 40_000, 0, id="address"),
    ],
)
def test_hostile_text_comes_back(text: str, count: int) -> None:
    """Two hundred thousand characters of nearly a citation are read to their end."""
    assert len(find_citations(text)) == count
