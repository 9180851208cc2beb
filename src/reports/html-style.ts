import { findingStyle } from './html-style-finding.ts';
import { treemapStyle } from './html-style-treemap.ts';

const colours = `
:root{color-scheme:light dark;
--paper:#faf9f6;--card:#fff;--ink:#1c1e23;--quiet:#5a606c;--line:#e2e1dc;--strong-line:#c9c8c1;--link:#0b57a4;--focus:#0b57a4;
--code:#f7f6f2;--hit:#fff3cf;--hit-line:#c98a00;--mark:#ffdf87;--good:#1d6b3a;--good-soft:#e4f3e8;
--critical:#a5122b;--critical-soft:#fbe7ea;--high:#a03f06;--high-soft:#fdeadb;--medium:#6f5400;--medium-soft:#f8efcf;--low:#2f5a80;--low-soft:#e6eff7;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;
--mono:ui-monospace,"SF Mono",SFMono-Regular,"Cascadia Mono",Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--paper:#121317;--card:#1a1c21;--ink:#e7e8ea;--quiet:#a3a8b3;--line:#2b2e36;--strong-line:#454954;--link:#8fbcf7;--focus:#8fbcf7;
--code:#141519;--hit:#2f2810;--hit-line:#d8a31a;--mark:#6b5200;--good:#7fd49b;--good-soft:#16301f;
--critical:#ff909b;--critical-soft:#3d171e;--high:#ffb07c;--high-soft:#3a2413;--medium:#e8ca66;--medium-soft:#322a0e;--low:#9fc6ea;--low-soft:#19293a}}
.critical{--tone:var(--critical);--soft:var(--critical-soft)}.high{--tone:var(--high);--soft:var(--high-soft)}
.medium{--tone:var(--medium);--soft:var(--medium-soft)}.low{--tone:var(--low);--soft:var(--low-soft)}
`;

const base = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.55 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,ol,dl,dd,figure,pre{margin:0}
ul,ol{padding:0}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.15em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
code,pre,.path{font-family:var(--mono);font-size:.8125em;font-variant-ligatures:none}
pre code{font-size:1em}
p code,li code,dd code,h3 code{padding:.1em .3em;border-radius:4px;background:color-mix(in srgb,var(--ink) 7%,transparent);font-size:.86em}
.quiet{color:var(--quiet);font-size:.875rem}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:1rem;padding:.5rem .75rem;background:var(--card);z-index:2}
.page{max-width:74rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h2{font-size:1.125rem;font-weight:650;letter-spacing:-.005em;line-height:1.3}
h4{font-size:.8125rem;font-weight:600;color:var(--quiet);line-height:1.4;margin-bottom:.4rem}
[hidden]{display:none!important}
`;

const top = `
.top{border-bottom:1px solid var(--line);padding-bottom:1.5rem;margin-bottom:1.75rem}
.brand{font-size:.8125rem;font-weight:600;color:var(--quiet);margin-bottom:.25rem}
h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.125rem);font-weight:680;letter-spacing:-.02em;line-height:1.15}
.meta{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin-top:.6rem;color:var(--quiet);font-size:.875rem}
.result{display:inline-flex;align-items:center;gap:.45em;color:var(--ink);font-weight:550}
.result::before{content:"";width:.55em;height:.55em;border-radius:50%;background:var(--good)}
.result.partial::before{background:var(--hit-line)}.result.failed::before,.result.skipped::before{background:var(--critical)}
.overview{display:grid;gap:1.25rem;margin-bottom:2.25rem}
.headline{font-size:1.25rem;font-weight:620;letter-spacing:-.01em;line-height:1.35}
.headline.clean{color:var(--good)}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1px;max-width:36rem;list-style:none;border-radius:10px;overflow:hidden;background:var(--line);border:1px solid var(--line)}
.tiles li{background:var(--card);padding:.7rem .9rem .75rem;display:grid}
.tiles b{font-size:1.75rem;font-weight:620;line-height:1.15;letter-spacing:-.02em;color:var(--tone)}
.tiles .zero b{color:var(--quiet);font-weight:400}
.tiles span{font-size:.8125rem;color:var(--quiet)}
.share{display:flex;gap:2px;height:6px;max-width:36rem;border-radius:3px;overflow:hidden}
.share i{background:var(--tone);min-width:4px}
@media (min-width:62rem){.overview.wide{grid-template-columns:minmax(0,27rem) minmax(0,1fr);gap:1.5rem 3rem;align-items:start}.overview.wide>.say{grid-column:1/-1}.overview.wide>.notices{margin-top:0}}
.notices{display:grid;gap:.75rem}
.notices:empty{display:none}
.notice{border:1px solid var(--line);border-left:3px solid var(--hit-line);border-radius:4px 10px 10px 4px;background:var(--card);padding:.8rem 1rem;max-width:52rem}
.notice h2{font-size:.9375rem;margin-bottom:.3rem}
.notice ul{padding-left:1.1rem;font-size:.9375rem;display:grid;gap:.2rem}
.notice p{font-size:.9375rem}
.notice li::marker{color:var(--hit-line)}
`;

const layout = `
.layout{display:grid;gap:1.5rem;align-items:start}
.filters{display:grid;gap:1rem;min-width:0}
.filters fieldset{border:0;margin:0;padding:0;min-width:0}
.filters legend{padding:0;margin-bottom:.4rem;font-size:.8125rem;font-weight:600;color:var(--quiet)}
.filters input[type=search]{width:100%;min-height:2.5rem;padding:.4rem .7rem;font:inherit;font-size:1rem;color:inherit;background:var(--card);border:1px solid var(--strong-line);border-radius:8px}
.filters input[type=search]::placeholder{color:var(--quiet);opacity:1}
.choices{display:flex;flex-wrap:wrap;gap:.4rem}
.choices label{display:inline-flex;align-items:center;gap:.45rem;min-height:2.25rem;padding:.2rem .7rem;border:1px solid var(--line);border-radius:8px;background:var(--card);font-size:.875rem;cursor:pointer}
.choices label:hover{border-color:var(--strong-line)}
.choices label:has(:checked){border-color:var(--tone,var(--link));background:var(--soft,color-mix(in srgb,var(--link) 10%,var(--card)));font-weight:550}
.choices label:focus-within:has(:focus-visible){outline:2px solid var(--focus);outline-offset:2px}
.choices label.none:not(:has(:checked)){color:var(--quiet);border-style:dashed}
.choices input{margin:0;width:1rem;height:1rem;accent-color:var(--tone,var(--link));flex:none}
.choices input:focus-visible{outline:none}
.choices .number{color:var(--quiet);font-size:.8125rem}
.buttons{display:flex;flex-wrap:wrap;gap:.15rem 1rem;align-items:center;font-size:.875rem}
.buttons button{font:inherit;color:var(--link);background:none;border:0;padding:.35rem 0;cursor:pointer;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.15em}
.buttons button:disabled{color:var(--quiet);text-decoration:none;cursor:default}
.shown{color:var(--quiet);width:100%}
main{display:grid;gap:.6rem;min-width:0}
main>h2{margin-bottom:.3rem}
.nothing{padding:2rem 1rem;text-align:center;color:var(--quiet);border:1px dashed var(--strong-line);border-radius:10px}
.rest{display:grid;gap:2.5rem;margin-top:3rem;max-width:58rem}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.8125rem}
@media (min-width:62rem){
.layout:has(>.filters:not([hidden])){grid-template-columns:13.5rem minmax(0,1fr);gap:2.5rem}
.filters{position:sticky;top:1.5rem;max-height:calc(100vh - 3rem);overflow-y:auto;padding:3px;margin:-3px}
.choices{display:grid;gap:2px}
.choices label{display:flex;border-color:transparent;background:none;padding:.2rem .6rem}
.choices .number{margin-left:auto}
.rest{margin-left:0}}
@media (max-width:30rem){.page{padding:1.5rem 1rem 3rem}.tiles li{padding:.55rem .6rem}.tiles b{font-size:1.4rem}}
`;

const print = `
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--quiet:#444;--line:#bbb;--strong-line:#888;--code:#f6f6f6;--hit:#fff0c2;--link:#000}
body{font-size:10pt}.page{max-width:none;padding:0}.filters,.skip,.nothing,.prompt{display:none!important}
.layout{display:block!important}.finding{break-inside:auto;margin-bottom:8pt}.finding summary{break-after:avoid}.finding summary::after{display:none}
.finding>details::details-content{content-visibility:visible;block-size:auto}
figure.code,.facts,.checks li{break-inside:avoid}.code pre,.snippet{white-space:pre-wrap;overflow:visible}.code code{width:auto}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@media (prefers-reduced-motion:no-preference){.finding summary::after{transition:rotate .12s}}
`;

/** The report's style sheet: no address in it, so nothing is ever fetched. */
export const reportStyle = [colours, base, top, layout, findingStyle, treemapStyle, print].join('');
