"""Saved pages of invented authorities, one of each template that replies are published in, and what each must keep.

In: nothing. Out: `TEMPLATES`, by name: the HTML, the strings that are its content, and the strings that are furniture.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["TEMPLATES", "Template"]


class Template(NamedTuple):
    """A page, what of it must stay and what must go; `lines` are whole lines that must come out as such."""

    html: str
    kept: tuple[str, ...]
    gone: tuple[str, ...]
    lines: tuple[str, ...] = ()


_FORCE = """<!DOCTYPE html><html lang="en" class="js"><head><meta charset="utf-8">
<title>Bicycle thefts at stations | Harrowmere Constabulary</title>
<link rel="canonical" href="https://harrowmere-constabulary.example/foi-ai/2024/may/bicycle-thefts-stations/">
<meta property="article:published_time" content="2024-05-14T09:30:00+01:00">
<style>.c-nav{display:flex}</style><script>window.dataLayer=[{"page":"foi-tracking"}]</script></head>
<body><a class="skip-link" href="#main">Skip to main content</a>
<div class="cookie-banner"><p>We use some essential cookies to make this website work.</p><button>Accept</button></div>
<div class="quick-exit"><a href="https://weather.example/">Quickly exit this site</a></div>
<header class="site-header"><a href="/">Harrowmere Constabulary</a>
<nav aria-label="Main"><ul><li><a href="/ro/report/">Report</a></li><li><a href="/advice/">Advice</a></li>
<li><a href="/a/your-area/">Your area</a></li></ul></nav></header>
<nav class="breadcrumbs"><ol><li><a href="/">Home</a></li><li><a href="/foi-ai/">Freedom of information</a></li></ol>
</nav>
<main id="main"><div class="l-grid"><h1>Bicycle thefts at stations</h1>
<dl class="meta"><dt>Reference</dt><dd>HCFOI-2024-0310</dd><dt>Published</dt><dd>14 May 2024</dd></dl>
<div class="rich-text"><h2>Freedom of information request reference no: HCFOI-2024-0310</h2>
<p>I note you seek access to the following information:</p>
<blockquote><ol><li>How many bicycles were reported stolen at railway stations in 2023?</li>
<li>How many were found again?</li></ol></blockquote>
<h3>Decision</h3><p>I have today decided to disclose the located information to you in full.</p>
<h3>Disclosure</h3><p>Q1 - 412 were reported stolen.</p><p>Q2 - 17.</p>
<table><caption>By station</caption><thead><tr><th>Station</th><th>Reported</th><th>Found</th></tr></thead>
<tbody><tr><td>Harrowmere Central</td><td>391</td><td>15</td></tr><tr><td>Harrowmere Docks</td><td>21</td><td>2</td>
</tr>
</tbody></table><p>The data are in <a href="https://harrowmere-constabulary.example/files/thefts.csv">our
register</a>.</p>
</div></div></main>
<aside class="related"><h2>Most read</h2><ul><li><a href="/n/1">Knife amnesty dates</a></li>
<li><a href="/n/2">New chief appointed</a></li><li><a href="/n/3">Open day</a></li></ul></aside>
<footer role="contentinfo"><p>Copyright 2024</p><a href="/sitemap">Sitemap</a></footer>
<script>alert("visitor tracking")</script></body></html>"""

_COUNCIL = """<!DOCTYPE html><html><head><title>FOI 8841 - Street lamps - Fennmoor Council</title>
<meta name="dcterms.issued" content="2023-11-02"></head><body class="node-type-foi">
<div id="header"><div class="logo">Fennmoor Council</div><div class="menu"><ul><li><a href="/bins">Bins</a></li>
<li><a href="/tax">Council tax</a></li><li><a href="/schools">Schools</a></li></ul></div></div>
<div id="sidebar-first" class="column sidebar"><div class="block block-menu"><h2>In this section</h2><ul>
<li><a href="/foi/2023/01">January 2023</a></li><li><a href="/foi/2023/02">February 2023</a></li>
<li><a href="/foi/2023/03">March 2023</a></li><li><a href="/foi/2023/04">April 2023</a></li></ul></div></div>
<div id="content"><h1 class="title">FOI 8841 - Street lamps</h1>
<div class="field field-label-inline"><div class="field-label">Case number:&nbsp;</div>
<div class="field-item">8841</div></div>
<div class="field field-label-inline"><div class="field-label">Date of response:&nbsp;</div>
<div class="field-item"><time datetime="2023-11-02">2 November 2023</time></div></div>
<div class="field"><div class="field-label">Request</div><div class="field-item">
<p>Please tell me:<br>a) how many street
lamps you own<br>b) what each costs to run in a year</p></div></div>
<div class="field"><div class="field-label">Response</div><div class="field-item"><p>a) 18,204</p><p>b) We do not hold
this.</p><ul><li>Electricity is bought for all lamps together.</li><li>Repairs are not booked to a lamp.</li></ul>
<p>See also:</p><ul><li><a href="https://fennmoor.example/lamps/map">Map of lamps</a></li>
<li><a href="https://fennmoor.example/lamps/contract">Lighting contract</a></li>
<li><a href="https://fennmoor.example/lamps/policy">Lighting policy</a></li></ul></div></div></div>
<div id="footer"><ul><li><a href="/privacy">Privacy notice</a></li><li><a href="/access">Accessibility</a></li></ul>
</div>
</body></html>"""

_PUBLIC_SITE = """<!DOCTYPE html><html><head><title>Swans on the canal - a Freedom of Information request to Tarnley
District Council - RequestPost</title><link rel="canonical"
href="https://requestpost.example/request/swans_on_the_canal">
</head><body><div class="nav-bar" role="navigation"><a href="/select">Make a request</a><a href="/list">Browse</a></div>
<div id="content"><h1>Swans on the canal</h1><p class="subtitle">Wren Alder made this Freedom of Information request to
<a href="/body/tarnley">Tarnley District Council</a></p>
<p id="request_status">The request was <strong>successful</strong>.</p>
<div class="correspondence outgoing" id="outgoing-1"><div class="correspondence__header"><span>From: Wren Alder</span>
<time datetime="2022-03-01T10:00:00Z">1 March 2022</time></div><div class="correspondence_text"><p>Dear Tarnley District
Council,</p><p>How many swans were counted on the canal in 2021?</p><p>Yours faithfully,</p></div>
<p class="event_actions"><a href="#outgoing-1">Link to this</a> <a href="/report">Report</a></p></div>
<div class="correspondence incoming" id="incoming-7"><div class="correspondence__header"><span>From: FOI Team</span>
<time datetime="2022-03-24T15:00:00Z">24 March 2022</time></div><div class="attachments"><p>
<a href="https://requestpost.example/response/7/attach/3/TDC%20140%20swans.xlsx">TDC 140 swans.xlsx</a> 14K</p></div>
<div class="correspondence_text"><p>Our reference: TDC-140-22</p><p>We counted 64 swans in June 2021.</p>
<p>The monthly counts are attached.</p></div></div></div>
<div class="footer" role="contentinfo"><a href="/help">Help</a></div></body></html>"""

_WELSH = """<!DOCTYPE html><html lang="en"><head><title>Vehicle recovery | Heddlu Afon Las</title></head><body>
<p class="exit"><a href="#">Quickly exit this site</a></p><p class="exit"><a href="#">Allanfa gyflym</a></p>
<p><a href="#c">Skip to content</a></p><p><a href="#c">Neidio i'r cynnwys</a></p>
<div class="langs"><a href="/cy/">Cymraeg</a></div>
<main id="c"><h1>Vehicle recovery (Adfer cerbydau) - 00214/23</h1><p>Question 1</p><p>How many vehicles were recovered
in 2022?</p><p>Response 1</p><p>1,903.</p><p>Question 2</p><p>Who holds the contract?</p><p>Response 2</p>
<p>The contract is exempt under Section 43(2).</p></main></body></html>"""

_ONE_FORM = """<html><head><title>Disclosure</title></head><body><form id="aspnetForm" method="post" action="page.aspx">
<input type="hidden" name="__VIEWSTATE" value="dDwtMTQ1"><div class="search"><input type="text"><input type="submit"
value="Go"></div><div id="ctl00_Main"><h2>REQUEST 1109A/23</h2><div>Number of dogs kept by the force.</div>
<h2>RESPONSE</h2><div>There were 31 dogs on 1 June 2023.</div><div>Nine of them are kept for breeding.</div></div>
</form>
</body></html>"""

_LAYOUT_TABLES = """<html><head><title>FOI 52/09</title></head><body bgcolor="#ffffff"><table width="100%"><tr>
<td colspan="2">
<b>Oxley Fire and Rescue Service</b></td></tr><tr><td width="20%" valign="top"><a href="a.htm">Home</a><br>
<a href="b.htm">About us</a><br><a href="c.htm">News</a><br><a href="d.htm">Contact us</a></td><td valign="top">
<p><b>FOI 52/09</b></p><p>You asked how many false alarms there were in 2008.</p>
<p>There were 1,377 false alarms in 2008.</p>
<table border="1"><tr><td>Hospitals</td><td>611</td></tr><tr><td>Schools</td><td>402</td></tr></table>
</td></tr></table></body></html>"""

_ACCORDION = """<!DOCTYPE html><html><head><title>Disclosure log 2024 - Harrowmere Constabulary</title></head><body>
<div class="CookieConsent"><p>Choose which cookies we may use</p></div><main><h1>Disclosure log</h1>
<p>Replies of May.</p>
<div class="accordion"><h2><button aria-expanded="false" type="button">FOI-0400-24 Helmets for riders</button></h2>
<div class="panel" hidden><p>Request: how many helmets were bought in 2023?</p>
<p>Response: 230, at a cost of £9,411.</p>
</div></div><div class="accordion"><details><summary>FOI-0402-24 Chairs for the control room</summary>
<p>Request: what did
the new chairs cost?</p><p>Response: this is exempt under section 43(2).</p></details></div></main></body></html>"""

_BARE = """<html><body><article><header><h1>Lost property</h1><p>Reference: LP/19/22. Date: 3 August 2022.</p></header>
<section><p>Short answer.</p><p>None.</p></section><aside class="note">
<p>We moved this reply here in 2023 from our older
website; the figures are those given in 2022 and have not been revised since then.</p></aside>
<div class="visually-hidden">Opens in a new window</div><footer><p>Decision made by the Information Rights Unit.</p>
</footer>
</article><footer><p>Terms and conditions</p></footer></body></html>"""

_ENQUIRY = """<!DOCTYPE html><html><head><title>Response - School transport</title></head><body><div class="wrapper">
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/foi">FOI</a></div><div class="col"><h1>School transport</h1>
<p><strong>Q1.</strong> How many pupils travel by taxi?</p><p>A: 211</p><p><strong>Q2.</strong> The cost in 2023/24?</p>
<p>A: £1.2 million</p><h3>Related documents</h3><ul class="docs"><li>
<a href="https://oxley.example/a.pdf">Routes (PDF)</a></li>
<li><a href="https://oxley.example/b.pdf">Contracts (PDF)</a></li><li>
<a href="https://oxley.example/c.pdf">Policy (PDF)</a>
</li></ul></div><div class="share"><p>Share this page</p><ul><li><a href="https://social.example/a">Post</a></li>
<li><a href="https://social.example/b">Pin</a></li><li><a href="https://social.example/c">Mail</a></li></ul></div>
<div class="menu-level-2"><ul><li><a href="/s/1">Term dates</a></li><li><a href="/s/2">Apply for a place</a></li>
<li><a href="/s/3">School meals</a></li></ul></div></div></body></html>"""

TEMPLATES: Final[dict[str, Template]] = {
    "force": Template(
        _FORCE,
        (
            "Bicycle thefts at stations",
            "HCFOI-2024-0310",
            "1. How many bicycles were reported stolen at railway stations in 2023?",
            "2. How many were found again?",
            "disclose the located information to you in full",
            "Q2 - 17.",
            "By station",
            "Harrowmere Docks",
            "[our register](https://harrowmere-constabulary.example/files/thefts.csv)",
        ),
        (
            "tracking",
            "dataLayer",
            "display:flex",
            "Report\n",
            "Your area",
            "New chief appointed",
            "Sitemap",
            "essential",
        ),
    ),
    "council": Template(
        _COUNCIL,
        (
            "FOI 8841 - Street lamps",
            "8841",
            "2 November 2023",
            "a) how many street",
            "b) what each costs to run in a year",
            "a) 18,204",
            "We do not hold",
            "Repairs are not booked to a lamp.",
            "[Map of lamps](https://fennmoor.example/lamps/map)",
            "[Lighting policy](https://fennmoor.example/lamps/policy)",
        ),
        ("Bins", "February 2023", "Privacy notice"),
    ),
    "public request site": Template(
        _PUBLIC_SITE,
        (
            "Swans on the canal",
            "How many swans were counted on the canal in 2021?",
            "1 March 2022",
            "24 March 2022",
            "TDC-140-22",
            "We counted 64 swans in June 2021.",
            "TDC 140 swans.xlsx",
        ),
        ("Make a request", "Browse", "Help"),
    ),
    "Welsh twin lines": Template(
        _WELSH,
        ("00214/23", "How many vehicles were recovered", "1,903.", "exempt under Section 43(2)"),
        (),
        ("Question 1", "Response 1", "1,903."),
    ),
    "one form": Template(
        _ONE_FORM,
        (
            "1109A/23",
            "Number of dogs kept",
            "There were 31 dogs on 1 June 2023.",
            "Nine of them are kept for breeding.",
        ),
        ("VIEWSTATE", "dDwtMTQ1"),
    ),
    "layout tables": Template(
        _LAYOUT_TABLES,
        (
            "FOI 52/09",
            "Oxley Fire and Rescue Service",
            "how many false alarms",
            "There were 1,377 false alarms in 2008.",
        ),
        (),
    ),
    "accordion": Template(
        _ACCORDION,
        (
            "FOI-0400-24 Helmets for riders",
            "how many helmets were bought in 2023?",
            "230, at a cost of £9,411",
            "FOI-0402-24 Chairs for the control room",
            "exempt under section 43(2)",
        ),
        ("Choose which cookies",),
    ),
    "bare": Template(
        _BARE,
        (
            "Lost property",
            "LP/19/22",
            "None.",
            "have not been revised since then",
            "Decision made by the Information Rights Unit.",
        ),
        ("Terms and conditions",),
    ),
    "questions and answers": Template(
        _ENQUIRY,
        ("How many pupils travel by taxi?", "A: 211", "£1.2 million", "[Contracts (PDF)](https://oxley.example/b.pdf)"),
        ("Term dates", "School meals"),
    ),
}
