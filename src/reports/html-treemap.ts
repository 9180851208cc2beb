import { toPriority } from '../findings/severity.ts';
import { count } from '../lib/text.ts';
import { type Html, html, joined, trusted, when } from './html.ts';
import { coverageText, shareText } from './measures.ts';
import { toPlainLine } from './plain-text.ts';
import type { Report } from './report.ts';
import { layOut, type Node, type Tile, toTree } from './treemap.ts';

const ages = { fresh: 'in the last week', month: 'in the last 30 days', old: 'longer ago', never: 'never' } as const;
type Age = keyof typeof ages;
const mostRows = 400;

/** What the agents looked at: a map of the files, sized by their lines and coloured by the last look, and the same as a table. */
export function renderCoverage(report: Report): Html {
  const { session, coverage } = report;
  const lines = coverageText(session);
  if (lines.length === 0 && !coverage) return html``;
  return html`<section class="panel" aria-labelledby="coverage"><h2 id="coverage">Looked at</h2>
${lines.map((line) => html`<p class="quiet">${toPlainLine(line)}</p>`)}
${when(coverage?.files.length ? coverage.files : undefined, (files) => renderMap(toTree(files, report.findings), session.startedAt))}</section>`;
}

function renderMap(root: Node, today: string): Html {
  const tiles = layOut(root);
  const legend = Object.entries(ages).map(([age, words]) => html`<li><i class="${age}"></i>${words}</li>`);
  return html`<ul class="legend" aria-hidden="true">${legend}<li><i class="stale"></i>changed since</li><li><span class="dot high"></span>findings</li></ul>
<div class="treemap" aria-hidden="true">${joined(tiles.map((tile) => renderTile(tile, today)))}</div>
<details class="table"><summary>The same as a table</summary><div class="scroll"><table>
<thead><tr><th scope="col">Path</th><th scope="col">Lines</th><th scope="col">Looked at</th><th scope="col">Last look</th><th scope="col">Findings</th></tr></thead>
<tbody>${tiles.slice(0, mostRows).map(({ node }) => renderRow(node))}</tbody></table></div></details>`;
}

function renderTile({ node, x, y, width, height }: Tile, today: string): Html {
  const name = nameOf(node);
  const box = `left:${round(x)}%;top:${round(y)}%;width:${round(width)}%;height:${round(height)}%;--seen:${percent(node)}%`;
  const isNamed = width > 7 && height > 6;
  const mark = when(node.findings[0], (worst) => {
    const more = node.findings.length > 1 && width > 3 ? String(node.findings.length) : '';
    return html`<span class="dot ${toPriority(worst)}">${more}</span>`;
  });
  return html`<div class="tile ${ageOf(node, today)}${node.changed > 0 ? ' stale' : ''}" style="${trusted(box)}" title="${titleOf(node)}">${isNamed ? html`<span class="name">${name}</span>` : ''}${mark}</div>`;
}

function renderRow(node: Node): Html {
  const looked = shareText(node.seen, node.lines);
  return html`<tr><th scope="row"><bdi>${toPlainLine(node.path)}${node.children.length > 0 ? '/' : ''}</bdi></th><td>${node.lines}</td><td>${looked}</td><td>${lastLook(node)}</td><td>${node.findings.length || ''}</td></tr>`;
}

/** A file's name; of a folder its last two, as half of all folders are called `src`. */
function nameOf({ path, children }: Node): string {
  const isFolder = children.length > 0;
  return (
    toPlainLine(
      path
        .split('/')
        .slice(isFolder ? -2 : -1)
        .join('/'),
    ) + (isFolder ? '/' : '')
  );
}

function titleOf(node: Node): string {
  const parts = [
    toPlainLine(node.path),
    ...(node.children.length > 0 ? [count(node.files, 'file')] : []),
    count(node.lines, 'line'),
    `${shareText(node.seen, node.lines)} looked at`,
    `last look: ${lastLook(node)}`,
    ...(node.findings.length > 0 ? [count(node.findings.length, 'finding')] : []),
  ];
  return parts.join(', ');
}

function lastLook({ day, changed }: Node): string {
  return `${day ?? 'never'}${changed > 0 ? ', changed since' : ''}`;
}

function percent({ seen, lines }: Node): number {
  return lines > 0 ? Math.round((seen / lines) * 100) : 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function ageOf({ day }: Node, today: string): Age {
  const days = (Date.parse(today) - Date.parse(day ?? '')) / 86_400_000;
  if (Number.isNaN(days)) return 'never';
  if (days < 8) return 'fresh';
  return days < 31 ? 'month' : 'old';
}
