const finding = `
.finding{border:1px solid var(--line);border-radius:10px;background:var(--card);box-shadow:inset 3px 0 0 var(--tone);min-width:0;overflow:clip}
.finding>details>summary{display:grid;grid-template-columns:5rem minmax(0,1fr) 1rem;gap:.2rem .9rem;align-items:start;padding:.8rem 1rem .8rem 1.1rem;cursor:pointer;list-style:none}
.finding>details>summary::-webkit-details-marker{display:none}
.finding>details>summary::after{content:"";justify-self:end;width:.5rem;height:.5rem;margin-top:.5rem;border:solid var(--quiet);border-width:0 1.5px 1.5px 0;rotate:45deg;transform-origin:60% 60%}
.finding>details[open]>summary::after{rotate:225deg}
.finding>details>summary:hover h3{text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.18em}
.finding>details>summary:focus-visible{outline-offset:-3px;border-radius:10px}
.finding:target{border-color:var(--tone)}
.badge{justify-self:start;white-space:nowrap;padding:.12rem .5rem;border-radius:5px;background:var(--soft);color:var(--tone);font-size:.8125rem;font-weight:600;line-height:1.45}
h3{font-size:1rem;font-weight:600;line-height:1.4;display:block}
.line2{display:flex;flex-wrap:wrap;gap:.1rem .9rem;margin-top:.15rem;color:var(--quiet);font-size:.875rem}
.line2 .path{font-size:.8125rem}
.note{color:var(--high);font-weight:550}
.body{display:grid;grid-template-columns:minmax(0,1fr);gap:1.35rem;padding:.2rem 1.1rem 1.2rem 1.1rem}
.prose{display:grid;grid-template-columns:minmax(0,1fr);gap:.7rem;max-width:44rem}
.prose ul,.prose ol,.steps,.options{padding-left:1.3rem}
.prose li,.steps li{margin-block:.2rem}
.steps{max-width:44rem}
.steps li::marker{color:var(--quiet)}
.pair{display:grid;gap:1rem}
@media (min-width:44rem){.pair{grid-template-columns:repeat(auto-fit,minmax(0,1fr));grid-auto-flow:column}.body{padding-left:7rem}}
@media (max-width:30rem){.finding>details>summary{grid-template-columns:minmax(0,1fr) 1rem;padding:.75rem .85rem .75rem 1rem}.badge{grid-column:1}.head{grid-column:1;grid-row:2}.finding>details>summary::after{grid-row:1;grid-column:2}.body{padding:.1rem .85rem 1rem 1rem}}
`;

const code = `
.code{border:1px solid var(--line);border-radius:8px;background:var(--code);overflow:hidden;margin-bottom:.6rem}
.code figcaption{padding:.4rem .75rem;border-bottom:1px solid var(--line);font-size:.9375rem;background:var(--card)}
.code pre{overflow-x:auto;padding:.4rem 0;line-height:1.6;tab-size:4}
.code code{display:block;width:max-content;min-width:100%}
.line{display:flex}
.no{position:sticky;left:0;flex:none;width:calc(var(--digits)*1ch + 1.6rem);padding-right:.8rem;text-align:right;color:var(--quiet);background:var(--code);user-select:none;border-left:3px solid transparent}
.no::before{content:attr(data-no)}
.text{flex:auto;padding-right:1rem;white-space:pre;unicode-bidi:isolate}
.text:empty::after{content:" "}
.hit,.hit .no{background:var(--hit)}
.hit .no{border-left-color:var(--hit-line);color:var(--ink)}
mark{background:var(--mark);color:inherit;border-radius:2px;padding:.1em 0}
.snippet{overflow-x:auto;padding:.6rem .8rem;border:1px solid var(--line);border-radius:8px;background:var(--code);line-height:1.55;tab-size:4}
.snippet+.quiet{margin-top:.35rem}
.snippet.wrap{white-space:pre-wrap}
.places{padding-left:1.2rem;columns:18rem;font-size:.9375rem}
.prompt>summary{cursor:pointer;color:var(--quiet);font-size:.875rem;margin-bottom:.4rem;width:max-content}
`;

const lists = `
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,8.5rem),1fr));gap:.55rem 1.5rem;font-size:.875rem}
.facts dt{color:var(--quiet);font-size:.8125rem}
@media (min-width:44rem){.facts{grid-template-columns:repeat(auto-fill,minmax(13rem,1fr))}}
.body .facts{border-top:1px solid var(--line);padding-top:.9rem}
.panel{display:grid;grid-template-columns:minmax(0,1fr);gap:.7rem}
.checks{list-style:none;border-top:1px solid var(--line)}
.checks li{display:grid;grid-template-columns:minmax(7rem,11rem) minmax(8.5rem,10rem) 5.5rem minmax(0,1fr);gap:0 1rem;padding:.5rem 0;border-bottom:1px solid var(--line);font-size:.9375rem;align-items:baseline}
.checks .name{font-weight:550}
.checks .time{color:var(--quiet);font-size:.875rem;text-align:right}
.checks .why{font-size:.875rem}
.checks .clean .state{color:var(--good)}
.checks .undetermined .state{color:var(--high);font-weight:600}
.checks .not-applicable .name,.checks .not-applicable .state,.checks .not-applicable .why{color:var(--quiet);font-weight:400}
.entries{list-style:none;border-top:1px solid var(--line)}
.entries>li{display:flex;gap:.9rem;padding:.6rem 0;border-bottom:1px solid var(--line)}
.entries>li>div{min-width:0;max-width:46rem}
.entries .id{flex:none;min-width:2.2rem;max-width:40%;font-weight:600;color:var(--quiet)}
@media (max-width:44rem){.checks li{grid-template-columns:minmax(0,1fr) auto;gap:.1rem 1rem}.checks .time{display:none}.checks .why{grid-column:1/-1}.checks .why:empty{display:none}}
`;

/** Style of what stands in the lists: findings, code, checks, entries. */
export const findingStyle = [finding, code, lists].join('');
