import { mapRatio } from './treemap.ts';

/** Style of the map of what was looked at. What of a tile was not is its right part, in the colour of what never was. */
export const treemapStyle = `
:root{--fresh:#a9dcb7;--month:#cfe6d2;--old:#e6e8d3;--never:#eceae4;--stale:#f3b27a}
@media (prefers-color-scheme:dark){:root{--fresh:#22593a;--month:#1f4330;--old:#2f3623;--never:#24262d;--stale:#8a5220}}
.fresh{--age:var(--fresh)}.month{--age:var(--month)}.old{--age:var(--old)}.never{--age:var(--never)}
.treemap{position:relative;width:100%;aspect-ratio:${mapRatio};border-radius:8px;overflow:hidden;background:var(--paper)}
.tile{position:absolute;overflow:hidden;border:1px solid var(--paper);background:linear-gradient(90deg,var(--age) var(--seen),var(--never) var(--seen));font-size:.75rem;line-height:1.3;color:var(--ink)}
.tile.stale{box-shadow:inset 0 0 0 2px var(--stale)}
.tile .name{position:absolute;left:.3rem;top:.2rem;right:.2rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.tile .dot{position:absolute;right:.2rem;bottom:.2rem}
.dot{display:inline-flex;align-items:center;justify-content:center;min-width:.7rem;height:.7rem;padding:0 .12rem;border-radius:.5rem;background:var(--tone);color:var(--card);font-size:.625rem;font-weight:650;line-height:1}
.tile .dot:not(:empty){min-width:1rem;height:1rem}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1rem;list-style:none;font-size:.8125rem;color:var(--quiet)}
.legend li{display:inline-flex;align-items:center;gap:.4rem}
.legend i{width:.85rem;height:.85rem;border-radius:3px;background:var(--age,none);border:1px solid var(--line)}
.legend i.stale{border:2px solid var(--stale)}
.table>summary{cursor:pointer;color:var(--quiet);font-size:.875rem;width:max-content}
.table .scroll{overflow-x:auto;margin-top:.5rem}
.table table{border-collapse:collapse;width:100%;font-size:.875rem}
.table th,.table td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;white-space:nowrap}
.table th:first-child{text-align:left;white-space:normal;overflow-wrap:anywhere;font-weight:400;font-family:var(--mono);font-size:.8125rem;min-width:9rem}
.table thead th{font-weight:600;color:var(--quiet)}
@media (max-width:44rem){.treemap{aspect-ratio:1}.tile .name{font-size:.6875rem}
.table th,.table td{padding:.3rem .25rem;white-space:normal}.table th:first-child{min-width:5rem}}
`;
