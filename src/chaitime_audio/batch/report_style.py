"""How the page of a batch report looks: light and dark, on paper-wide screens and on a phone."""

STYLE = """
:root{color-scheme:light dark;--paper:#fdfbf7;--ink:#221d18;--soft:#6b6157;--line:#e4dccf;--tint:#f5efe5;
--accent:#96461a;--good:#2f6b3a;--bar:#7a9a76;--bad:#b3261e;--held:#8a6100}
@media (prefers-color-scheme:dark){:root{--paper:#171411;--ink:#e8e0d5;--soft:#a2968a;--line:#37302a;
--tint:#211c18;--accent:#e5a36f;--good:#8fce9b;--bar:#5f8a66;--bad:#ff8d80;--held:#e6be5a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:68rem;margin:0 auto;padding:clamp(1.5rem,5vw,3.5rem) 1.25rem 4rem}
p{margin:0}a{color:inherit;text-decoration-color:var(--accent);text-underline-offset:.18em}
a:hover{color:var(--accent)}:focus-visible{outline:.15em solid var(--accent);outline-offset:.15em}
.kind{color:var(--accent);font-size:.8125rem;font-weight:650;letter-spacing:.1em;text-transform:uppercase}
h1{margin:.3rem 0 1.2rem;font-size:clamp(1.5rem,4.5vw,2.2rem);font-weight:600;line-height:1.2}
.facts{display:flex;flex-wrap:wrap;gap:.7rem 2.4rem;margin:0;padding:.9rem 0;
border-block:1px solid var(--line)}
dt,.soft,figcaption{color:var(--soft);font-size:.8125rem}dd{margin:0;font-variant-numeric:tabular-nums}
figure{margin:1.6rem 0 0}svg{display:block;width:100%;height:7rem;border-bottom:1px solid var(--line)}
rect{fill:var(--bar)}rect.failed{fill:var(--bad)}rect.skipped{fill:var(--held)}figcaption{margin-top:.4rem}
table{width:100%;margin-top:2rem;border-collapse:collapse}
th,td{padding:.6rem 1rem .6rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--soft);font-size:.8125rem;font-weight:400}th:last-child,td:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.name{min-width:11rem;font-weight:600}td:not(.wide){white-space:nowrap}
.failed,.reason{color:var(--bad)}.skipped{color:var(--held)}.done{color:var(--good)}.up-to-date{color:var(--soft)}
td.failed{font-weight:650}.skipped~.wide .reason{color:inherit}
details{margin-top:.2rem;font-size:.9375rem}summary{color:var(--soft);cursor:pointer}
ul{margin:.3rem 0 .5rem;padding-inline-start:1.2em}main>details{margin-top:2rem}
@media (max-width:44rem){thead{display:none}table,tbody{display:block}
tr{display:flex;flex-wrap:wrap;gap:0 .8rem;padding:.8rem 0;border-bottom:1px solid var(--line)}
td{padding:0;border:0}td:empty{display:none}td.wide{flex-basis:100%}
td.n{text-align:left}svg{height:5rem}
td[data-of]::before{content:attr(data-of) " ";color:var(--soft);font-size:.8125rem}}
"""
