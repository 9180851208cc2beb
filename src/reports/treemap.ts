import type { Finding } from '../findings/finding.ts';
import type { ReportedFile } from './report.ts';

/** A file, or a folder with all in it. */
export type Node = {
  path: string;
  files: number;
  lines: number;
  /** Lines that were looked at as they are now. */
  seen: number;
  /** The day of the last look at any of it. */
  day: string | undefined;
  /** How many files were looked at before with other contents. */
  changed: number;
  /** Findings by severity, the worst first. */
  findings: readonly Finding['severity'][];
  /** Empty for a file. */
  children: Node[];
};

/** Where a node stands, in per cent of the whole map. */
export type Tile = { node: Node; x: number; y: number; width: number; height: number };

/** Width to height of the map, by which tiles come out about square. */
export const mapRatio = 1.9;
const mostTiles = 320;

/** The files as a tree of folders; a folder with nothing but one folder in it is one with it. */
export function toTree(
  files: readonly ReportedFile[],
  findings: readonly Pick<Finding, 'location' | 'severity'>[],
): Node {
  const severities = Map.groupBy(findings, ({ location }) => location?.path);
  const root = emptyNode('');
  const folders = new Map([['', root]]);
  for (const file of files) {
    const found = (severities.get(file.path) ?? []).map(({ severity }) => severity);
    const leaf: Node = {
      ...emptyNode(file.path),
      ...{ files: 1, lines: file.lines, seen: file.seen, day: file.day, changed: Number(file.changed) },
      findings: found.toSorted((a, b) => a - b),
    };
    folderOf(file.path, folders, root).children.push(leaf);
  }
  return summed(root);
}

function emptyNode(path: string): Node {
  return { path, files: 0, lines: 0, seen: 0, day: undefined, changed: 0, findings: [], children: [] };
}

function folderOf(path: string, folders: Map<string, Node>, root: Node): Node {
  const name = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const known = folders.get(name);
  if (known) return known;
  const folder = emptyNode(name);
  folders.set(name, folder);
  folderOf(name, folders, root).children.push(folder);
  return folder;
}

function summed(node: Node): Node {
  if (node.children.length === 0) return node;
  const children = node.children.map(summed).sort((a, b) => b.lines - a.lines || (a.path < b.path ? -1 : 1));
  const [only] = children;
  if (only && children.length === 1 && only.children.length > 0) return only;
  const sum = (amount: (child: Node) => number) => children.reduce((total, child) => total + amount(child), 0);
  return {
    path: node.path,
    files: sum(({ files }) => files),
    lines: sum(({ lines }) => lines),
    seen: sum(({ seen }) => seen),
    changed: sum(({ changed }) => changed),
    day: children
      .flatMap(({ day }) => day ?? [])
      .toSorted()
      .at(-1),
    findings: children.flatMap(({ findings }) => findings).toSorted((a, b) => a - b),
    children,
  };
}

/**
 * A squarified treemap (Bruls, Huizing and van Wijk, 2000): the largest folders are opened while there is room for their tiles, so that a
 * repository of any size is one readable picture.
 */
export function layOut(root: Node): Tile[] {
  const opened = new Set([root]);
  let tiles = root.children.length;
  const closed = root.children.filter(({ children }) => children.length > 0);
  while (closed.length > 0) {
    closed.sort((a, b) => b.lines - a.lines);
    const at = closed.findIndex(({ children }) => tiles + children.length - 1 <= mostTiles);
    if (at === -1) break;
    for (const node of closed.splice(at, 1)) {
      opened.add(node);
      tiles += node.children.length - 1;
      closed.push(...node.children.filter(({ children }) => children.length > 0));
    }
  }
  return place(root, { x: 0, y: 0, width: 100, height: 100 }, opened);
}

type Box = Omit<Tile, 'node'>;

function place(node: Node, box: Box, opened: ReadonlySet<Node>): Tile[] {
  if (!opened.has(node)) return [{ node, ...box }];
  return squarify(node.children, box).flatMap(({ node: child, ...inner }) => place(child, inner, opened));
}

function squarify(nodes: readonly Node[], box: Box): Tile[] {
  const total = nodes.reduce((sum, { lines }) => sum + lines, 0);
  const tiles: Tile[] = [];
  let left = { ...box };
  let rest = nodes.filter(({ lines }) => lines > 0);
  const scale = total > 0 ? (box.width * box.height) / total : 0;
  while (rest.length > 0) {
    const isWide = left.width * mapRatio >= left.height;
    const side = isWide ? left.height : left.width * mapRatio;
    const row = takeRow(rest, side, scale * mapRatio);
    tiles.push(...placeRow(row, { left, isWide, scale }));
    left = withoutRow(left, row, { isWide, scale });
    rest = rest.slice(row.length);
  }
  return tiles;
}

/** The nodes of one row along `side`: as many as make its tiles squarer. */
function takeRow(nodes: readonly Node[], side: number, scale: number): Node[] {
  const row: Node[] = [];
  let worst = Infinity;
  for (const node of nodes) {
    const next = worstRatio([...row, node], side, scale);
    if (next > worst) break;
    worst = next;
    row.push(node);
  }
  return row;
}

function worstRatio(row: readonly Node[], side: number, scale: number): number {
  const areas = row.map(({ lines }) => lines * scale);
  const sum = areas.reduce((total, area) => total + area, 0);
  const [largest = 0, smallest = 0] = [areas[0], areas.at(-1)];
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest));
}

type Row = { left: Box; isWide: boolean; scale: number };

function depthOf(row: readonly Node[], { left, isWide, scale }: Row): number {
  const area = row.reduce((sum, { lines }) => sum + lines, 0) * scale;
  return area / (isWide ? left.height : left.width);
}

function placeRow(row: readonly Node[], at: Row): Tile[] {
  const { left, isWide, scale } = at;
  const depth = depthOf(row, at);
  let offset = 0;
  return row.map((node) => {
    const length = depth > 0 ? (node.lines * scale) / depth : 0;
    const box = isWide
      ? { x: left.x, y: left.y + offset, width: depth, height: length }
      : { x: left.x + offset, y: left.y, width: length, height: depth };
    offset += length;
    return { node, ...box };
  });
}

function withoutRow(left: Box, row: readonly Node[], at: Omit<Row, 'left'>): Box {
  const depth = depthOf(row, { left, ...at });
  return at.isWide
    ? { ...left, x: left.x + depth, width: left.width - depth }
    : { ...left, y: left.y + depth, height: left.height - depth };
}
