import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAnchor, anchorPlace, createAnchors } from '../../src/findings/anchor.ts';
import { recordSighting } from '../../src/findings/apply-finding.ts';
import type { Anchor } from '../../src/findings/finding.ts';
import { scopesByIndentation } from '../../src/findings/scopes-by-indentation.ts';
import { aKnown, aRaised, laterSighting } from './builders.ts';

const source = `import { db } from './db.js';

export class Orders {
  total(order) {
    const rows = db.query('select * from lines where id = ' + order.id);
    return rows.map((row) => row.price).reduce((a, b) => a + b, 0);
  }

  async cancel(order) {
    await db.run('delete from orders where id = ?', order.id);
  }
}
`;

type Given = { path?: string; clean?: (text: string, line: number) => string };

function anchorOf(text: string, quoted: string, { path = 'src/orders.js', clean = (line) => line }: Given = {}) {
  const lines = text.split('\n');
  const startLine = lines.findIndex((line) => line.includes(quoted)) + 1;
  expect(startLine).toBeGreaterThan(0);
  return createAnchors({ path, text, scopeAt: scopesByIndentation(text), clean })({ startLine });
}

const anchor = anchorOf(source, 'db.query');

describe('an anchor', () => {
  it('has the path, the enclosing declarations, the line and the lines around it, as digests', () => {
    expect(anchor).toEqual({
      path: expect.stringMatching(/^[0-9a-f]{16}$/),
      scope: expect.stringMatching(/^[0-9a-f]{16}$/),
      line: expect.stringMatching(/^[0-9a-f]{16}$/),
      block: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(new Set(Object.values(anchor ?? {})).size).toBe(4);
  });

  it('differs in the line when that line changes, and in nothing else but the block', () => {
    const changed = anchorOf(source.replace('order.id);', 'escape(order.id));'), 'db.query');
    expect(changed).toMatchObject({ path: anchor?.path, scope: anchor?.scope });
    expect(changed?.line).not.toBe(anchor?.line);
    expect(changed?.block).not.toBe(anchor?.block);
  });

  it('keeps scope, line and block in another file', () => {
    expect(anchorOf(source, 'db.query', { path: 'lib/orders.js' })).toEqual({ ...anchor, path: expect.any(String) });
    expect(anchorOf(source, 'db.query', { path: 'lib/orders.js' })?.path).not.toBe(anchor?.path);
  });

  it('loses only the scope when the enclosing function is named anew', () => {
    const renamed = anchorOf(source.replace('  total(', '  sum('), 'db.query');
    expect(renamed).toMatchObject({ path: anchor?.path, line: anchor?.line });
    expect(renamed?.scope).not.toBe(anchor?.scope);
  });

  it('is there for a line outside of every declaration, without a scope', () => {
    expect(anchorOf(source, 'import')?.scope).toBeUndefined();
  });

  it('stays the same when lines are inserted above, the file is indented anew, or code changes elsewhere', () => {
    const line = fc.stringMatching(/^[a-z =;]{0,40}$/).map((text) => `// ${text}`);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.array(line, { maxLength: 30 }),
        fc.boolean(),
        (above, below, tabs) => {
          const indented = tabs ? source.replace(/^ +/gm, (white) => '\t'.repeat(white.length / 2)) : source;
          const edited = indented.replace('delete from orders', `delete from ${below.length}_orders`);
          const text = [...above, edited, ...below].join('\n');
          expect(anchorOf(text, 'db.query')).toEqual(anchor);
        },
      ),
    );
  });

  it('does not depend on line ends or empty lines', () => {
    const text = source.replaceAll('\n', '\n\n');
    expect(anchorOf(text, 'db.query')).toEqual(anchor);
    const windows = source.replaceAll('\n', '\r\n');
    const at = createAnchors({
      path: 'src/orders.js',
      text: windows,
      scopeAt: scopesByIndentation(windows),
      clean: (line) => line,
    });
    expect(at({ startLine: 5 })).toEqual(anchor);
  });
});

describe('the line of an anchor', () => {
  const at = (text: string, startLine: number, endLine?: number) =>
    createAnchors({ path: 'a.js', text, scopeAt: () => undefined, clean: (line) => line })({ startLine, endLine });

  it('is the first telling one of a quote', () => {
    const text = '{\n  } else {\n  return null;\n  charge(order, card);\n}\n';
    expect(at(text, 1, 5)).toEqual(at(text, 4));
  });

  it('is told by its neighbours where it tells nothing itself', () => {
    const text = 'function first() {\n  return null;\n}\nfunction second() {\n  return null;\n}\n';
    expect(at(text, 2)?.line).not.toBe(at(text, 5)?.line);
    expect(at(`// above\n${text}`, 3)?.line).toBe(at(text, 2)?.line);
    expect(at(text.replace('null', 'true'), 2)?.line).not.toBe(at(text, 2)?.line);
  });

  it('is there for no line that is empty or not in the file', () => {
    const text = 'first telling line\n\nlast telling line\n';
    expect([at(text, 2), at(text, 9), at('', 1)]).toEqual([undefined, undefined, undefined]);
  });

  it('is hashed without secrets, in the block as well', () => {
    const clean = (line: string) => line.replace(/'[^']*'/, '***');
    const [one, other] = ['hunter2', 'swordfish'].map((password) =>
      createAnchors({
        path: 'a.js',
        text: `const user = 'root';\nconst password = '${password}';\nconnect(user, password);\n`,
        scopeAt: () => undefined,
        clean,
      }),
    );
    expect(one?.({ startLine: 2 })).toEqual(other?.({ startLine: 2 }));
    expect(one?.({ startLine: 3 })).toEqual(other?.({ startLine: 3 }));
  });

  it('takes little time in a file of one endless line', () => {
    const text = `${'x = 1; '.repeat(1_000_000)}\nlast telling line`;
    expect(at(text, 1)?.line).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the place of an anchor', () => {
  const quote = { path: 'src/a.ts', startLine: 4, endLine: 6, quote: 'code' };
  it('is that of the first quote in the file that the finding names', () => {
    const evidence = [{ ...quote, path: 'src/other.ts' }, quote];
    expect(anchorPlace({ location: { path: 'src/a.ts', startLine: 1 }, evidence })).toMatchObject({
      path: 'src/a.ts',
      startLine: 4,
    });
    expect(anchorPlace({ location: undefined, evidence })).toMatchObject({ path: 'src/other.ts' });
  });
  it('is the line that the finding names where nothing is quoted', () => {
    expect(anchorPlace({ location: { path: 'src/a.ts', startLine: 7 }, evidence: [] })).toMatchObject({ startLine: 7 });
    expect(anchorPlace({ location: { path: 'src/a.ts' }, evidence: [] })).toBeUndefined();
  });
});

describe('the anchors of a finding', () => {
  const anAnchor = (line: number): Anchor => ({ path: 'a'.repeat(16), line: line.toString(16).padStart(16, '0') });
  it('are kept, newest last, each once, and no more than twelve', () => {
    let anchors: Anchor[] = [];
    for (const line of [1, 2, 1]) anchors = addAnchor(anchors, anAnchor(line));
    expect(anchors).toEqual([anAnchor(2), anAnchor(1)]);
    for (let line = 10; line < 40; line++) anchors = addAnchor(anchors, anAnchor(line));
    expect(anchors).toHaveLength(12);
    expect(anchors.at(-1)).toEqual(anAnchor(39));
    expect(addAnchor(anchors, undefined)).toEqual(anchors);
  });
  it('come from every sighting', () => {
    const known = aKnown({}, { anchor: anAnchor(1) });
    expect(known.anchors).toEqual([anAnchor(1)]);
    expect(recordSighting(known, aRaised({ anchor: anAnchor(2) }), laterSighting).anchors).toEqual([
      anAnchor(1),
      anAnchor(2),
    ]);
  });
});
