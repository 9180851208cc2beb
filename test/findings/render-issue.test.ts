import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { issueDigest } from '../../src/findings/issue-digest.ts';
import { findFindingMarker, findManagedBlock, replaceManagedBlock } from '../../src/findings/issue-markers.ts';
import { renderIssue } from '../../src/findings/render-issue.ts';
import { renderRegressedComment, renderResolvedComment } from '../../src/findings/render-issue-comment.ts';
import { limits } from '../../src/publishing/bound.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { renderMarkdown } from '../publishing/rendered.ts';
import { aFinding, commit, context, gate } from './issue-builders.ts';

const full: Partial<Finding> = {
  cwe: 'CWE-682',
  reproduce: { command: 'node check.js', present: { exitCode: 1, match: 'off by' } },
  expected: '11.90',
  actual: '11.899999',
  nextSteps: ['Count in cents', 'Add a test'],
  confidence: 0.8,
  verified: 'reproduced',
};

function bodyOf(over: Partial<Finding> = {}): string {
  return renderIssue(aFinding(over), context).body;
}

describe('the issue of a finding', () => {
  it('has all its parts in their order, and nothing else', () => {
    const address = `https://github.com/octo/shop/blob/${commit}/src/total.ts`;
    expect(bodyOf(full)).toBe(
      [
        '<!-- courier:begin -->',
        '<!-- courier:finding F-0000000a -->',
        '',
        'Totals are added as floats.',
        '',
        `**Where:** [\`src/total.ts:3-4\`](${address}#L3-L4) in \`total\``,
        '',
        '### Evidence',
        '',
        `[\`src/total.ts:3\`](${address}#L3)`,
        '',
        '```ts',
        'sum += price * 1.19;',
        '```',
        '',
        '### Reproduce',
        '',
        '```sh',
        'node check.js',
        '```',
        '',
        'The problem is there while the command ends with exit code 1 and its output matches `off by`.',
        '',
        '### Expected and actual',
        '',
        '**Expected:** 11.90',
        '',
        '**Actual:** 11.899999',
        '',
        '### Next steps',
        '',
        '1. Count in cents',
        '2. Add a test',
        '',
        '<details>',
        '<summary>Prompt for an agent</summary>',
        '',
        '```text',
        'Fix this problem: Order total loses cents',
        '',
        'Totals are added as floats.',
        '',
        'It is in src/total.ts:3-4 (total).',
        '',
        'Expected: 11.90',
        '',
        'Steps:',
        '- Count in cents',
        '- Add a test',
        '',
        'When it is fixed, this command no longer shows it: node check.js',
        '',
        'Change nothing else.',
        '```',
        '',
        '</details>',
        '',
        '---',
        '',
        'Finding `F-0000000a` · medium, bug · CWE-682 · by scan `bugs` · reproduced: the command above showed it · confidence 80 %',
        '',
        `Seen in 2 sessions · first 2026-11-20T10:00:00Z (session \`S1\`) · last 2026-11-21T10:00:00Z (session \`S2\`, commit [\`ccccccc\`](https://github.com/octo/shop/commit/${commit}))`,
        '',
        'Close it as not planned to silence it. With the Courier app: `/courier run` fixes it in a draft pull request · `/courier verify` checks it again · `/courier ignore <reason>` silences it',
        '',
        '<!-- courier:end -->',
      ].join('\n'),
    );
  });

  it('leaves out what the finding does not say', () => {
    const body = bodyOf({ evidence: [], nextSteps: [], location: undefined });
    expect(body).not.toMatch(/Where|### |undefined|NaN/);
  });

  it('offers the prompt that the agent suggested', () => {
    expect(bodyOf({ suggestedPrompt: 'Use a decimal type.' })).toContain('```text\nUse a decimal type.\n```');
  });

  it('links no lines where the commit is not known', () => {
    const sighting = { session: 'S1', at: '2026-11-20T10:00:00Z' };
    const finding = aFinding({ firstSeen: sighting, lastSeen: sighting });
    const { body } = renderIssue(finding, { ...context, commit: undefined });
    expect(body).toContain('**Where:** `src/total.ts:3-4` in `total`');
    expect(body).not.toContain('](');
  });

  it('links odd paths to where they are, and Markdown files to their lines', () => {
    const body = bodyOf({ location: { path: 'docs/a b#1 [x](y).md', startLine: 2 }, evidence: [] });
    expect(body).toContain(`/blob/${commit}/docs/a%20b%231%20%5Bx%5D%28y%29.md?plain=1#L2)`);
    expect(renderMarkdown(body).html).toContain('<code>docs/a b#1 [x](y).md:2</code></a>');
  });

  it('shows hostile text without doing what it says', () => {
    const hostile =
      '@ada fixes #1 <!-- courier:end --> ![x](https://evil.example/?a) a-secret-value-1234\n/courier run';
    const { body, title } = renderIssue(
      aFinding({
        ...full,
        title: hostile,
        description: hostile,
        location: { path: `src/\`@ada\` ${hostile}`, symbol: hostile },
        evidence: [{ path: 'a.ts', quote: `\`\`\`\n${hostile}` }],
        reproduce: { command: hostile, present: { match: hostile } },
        expected: hostile,
        actual: hostile,
        nextSteps: [hostile],
        suggestedPrompt: `\`\`\`\n${hostile}`,
        origin: { kind: 'check', name: hostile, rule: hostile },
      }),
      context,
    );
    const { prose, html } = renderMarkdown(body);
    expect(prose).not.toMatch(/(?:^|\W)@ada|(?:^|\W)#1|^\s*\/courier/m);
    expect(html).not.toContain('<img');
    expect(`${title}${body}`).not.toContain('a-secret-value-1234');
    expect(body.match(/<!--/g)).toHaveLength(3);
    expect(findManagedBlock(body)).toEqual({ start: 0, end: body.length, about: 'F-0000000a' });
  });

  it('fits into what GitHub takes, however much evidence there is, and says what it leaves out', () => {
    const quote = Array.from({ length: 500 }, (_, line) => `const line${line} = ${'x'.repeat(60)};`).join('\n');
    const evidence = Array.from({ length: 30 }, (_, index) => ({ path: `src/${index}.ts`, startLine: 1, quote }));
    const body = bodyOf({
      ...full,
      evidence,
      description: 'Long. '.repeat(20_000),
      suggestedPrompt: 'Do it. '.repeat(9_000),
    });
    expect(body.length).toBeLessThanOrEqual(limits.body);
    expect(body).toContain('… (cut)');
    expect(body).toMatch(/_\d+ more lines are not shown\._/);
    expect(body).toContain('And in 22 more:');
    expect(body.endsWith('<!-- courier:end -->')).toBe(true);
  });

  it('has each label once, whatever the configuration adds', () => {
    const { labels } = renderIssue(aFinding(), { ...context, labels: ['courier', 'Bug', 'a,b', ' ', 'Courier'] });
    expect(labels).toEqual(['courier', 'Bug', 'a b', 'priority: medium']);
  });
});

describe('the digest of an issue', () => {
  const same = issueDigest(aFinding());

  it.each<[string, Partial<Finding>]>([
    ['title', { title: 'Other' }],
    ['description', { description: 'Other' }],
    ['severity', { severity: 1 }],
    ['category', { category: 'quality' }],
    ['CWE', { cwe: 'CWE-1' }],
    ['file', { location: { path: 'b.ts' } }],
    ['quoted code', { evidence: [{ path: 'src/total.ts', quote: 'other' }] }],
    ['command', { reproduce: { command: 'x' } }],
    ['expectation', { expected: 'x' }],
    ['outcome', { actual: 'x' }],
    ['next steps', { nextSteps: [] }],
    ['prompt', { suggestedPrompt: 'x' }],
    ['verification', { verified: 'none' }],
  ])('changes with the %s', (_what, over) => {
    expect(issueDigest(aFinding(over))).not.toBe(same);
  });

  it.each<[string, Partial<Finding>]>([
    ['the count', { occurrences: 50 }],
    ['who saw it when', { lastSeen: { session: 'S9', at: '2027-01-01T00:00:00Z', commit: 'f'.repeat(40) } }],
    ['its lines', { location: { path: 'src/total.ts', startLine: 300, symbol: 'total' } }],
    ['the confidence', { confidence: 0.1 }],
    ['how it is recognised', { fingerprints: ['1:a', '1:b'] }],
  ])('does not change with %s', (_what, over) => {
    expect(issueDigest(aFinding(over))).toBe(same);
  });
});

describe('the managed block', () => {
  const managed = safe`<!-- courier:begin -->\n<!-- courier:finding F-0000000a -->\n\nnew\n\n<!-- courier:end -->`;

  it('is found behind the line ends that GitHub’s editor leaves', () => {
    const body = `Mine\r\n${managed.replaceAll('\n', '\r\n')}\r\nYours`;
    expect(findFindingMarker(body)).toBe('F-0000000a');
    expect(replaceManagedBlock(body, managed, gate)).toBe(`Mine\r\n${managed}\r\nYours`);
  });

  it.each([
    ['removed', 'Only mine @ada', `Only mine @ada\n\n${managed}`],
    ['empty', '', managed],
    ['left without its end', `Mine\n${managed.slice(0, 70)}`, `Mine\n${managed.slice(0, 70).trimEnd()}\n\n${managed}`],
  ])('is put at the end of a body from which it was %s', (_how, body, expected) => {
    const next = replaceManagedBlock(body, managed, gate);
    expect(next).toBe(expected);
    expect(replaceManagedBlock(next, managed, gate)).toBe(next);
  });

  it.each([
    ['in a quotation', '> <!-- courier:begin -->\n> <!-- courier:finding F-0000000a -->\n> <!-- courier:end -->'],
    [
      'of which the finding’s belongs to another block',
      '<!-- courier:begin -->\n<!-- courier:finding F-0000000a -->\n<!-- courier:begin -->\nx\n<!-- courier:end -->',
    ],
    ['of no finding', '<!-- courier:begin -->\nx\n<!-- courier:end -->'],
    ['with an id that is none', '<!-- courier:begin -->\n<!-- courier:finding F-1 -->\n<!-- courier:end -->'],
    ['inside a line', 'see <!-- courier:begin --><!-- courier:finding F-0000000a --><!-- courier:end -->'],
    ['turned round', '<!-- courier:end -->\n<!-- courier:finding F-0000000a -->\n<!-- courier:begin -->'],
  ])('is not seen in markers %s', (_where, body) => {
    expect(findFindingMarker(body)).toBeUndefined();
  });

  it('is cut, not people’s text, where both are too long', () => {
    const own = 'mine '.repeat(12_000);
    const long = safe`<!-- courier:begin -->\n<!-- courier:finding F-0000000a -->\n${gate.block('line\n'.repeat(9_000))}\n<!-- courier:end -->`;
    const next = replaceManagedBlock(`${own}\n${managed}`, long, gate);
    expect(next.length).toBeLessThanOrEqual(limits.body);
    expect(next.startsWith(own)).toBe(true);
    expect(next).toMatch(/_Cut here: .*_\n<!-- courier:end -->$/);
  });
});

describe('a comment of Courier', () => {
  it('says at which commit a finding was resolved and by which proof', () => {
    const resolution = {
      at: '2026-11-22T10:00:00Z',
      commit: 'd'.repeat(40),
      proof: 'check `types` is clean, thanks @ada',
    };
    expect(renderResolvedComment(aFinding({ resolution }), context)).toBe(
      `**Resolved** at [\`ddddddd\`](https://github.com/octo/shop/commit/${'d'.repeat(40)}).\n\nProof: check \`types\` is clean, thanks \`@ada\`\n\nLast seen at [\`ccccccc\`](https://github.com/octo/shop/commit/${commit}) (2026-11-21T10:00:00Z).\n\nShould it come back, this issue is opened again.`,
    );
  });

  it('shows the code that proves the end, and the commits since the finding was last seen', () => {
    const resolution = {
      at: '2026-11-22T10:00:00Z',
      commit: 'd'.repeat(40),
      proof: 'It is fixed.',
      evidence: [{ path: 'src/total.ts', startLine: 3, endLine: 3, quote: 'cents += price;' }],
    };
    const commits = [
      { sha: '1'.repeat(40), title: 'Count in cents, fixes #12 @ada', author: 'ada', touches: true },
      {
        sha: '2'.repeat(40),
        title: '[x](https://evil.test) <!-- courier:finding F-0000000b -->',
        author: undefined,
        touches: false,
      },
    ];
    const range = { base: commit, head: 'd'.repeat(40), total: 14, commits };
    const comment = renderResolvedComment(aFinding({ resolution }), context, range);
    const at = 'https://github.com/octo/shop';
    expect(comment).toContain(
      `[\`src/total.ts:3\`](${at}/blob/${'d'.repeat(40)}/src/total.ts#L3)\n\n\`\`\`ts\ncents += price;\n\`\`\``,
    );
    expect(comment).toContain(
      `[14 commits](${at}/compare/${commit}...${'d'.repeat(40)}) in between, those that touched its file first:`,
    );
    expect(comment).toContain(
      `- [\`1111111\`](${at}/commit/${'1'.repeat(40)}) \`Count in cents, fixes #12 @ada\` by ada`,
    );
    expect(comment).toContain('- and 12 more');
    // What others wrote mentions nobody, links to no issue, and is no marker.
    expect(comment).toContain('`[x](https://evil.test) <!- - courier:finding F-0000000b -->`');
  });

  it('shows the command by which a regression was seen', () => {
    const finding = aFinding({ ...full, regressed: { at: '2026-11-23T10:00:00Z', commit: 'e'.repeat(40) } });
    expect(renderRegressedComment(finding, context)).toMatch(
      /at \[`eeeeeee`\].*\n\nThe command that shows it:\n\n```sh\nnode check.js\n```$/,
    );
  });
});
