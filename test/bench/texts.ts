import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import { findQuote, indexForQuotes } from '../../src/findings/find-quote.ts';
import { createGate } from '../../src/publishing/gate.ts';
import type { Comparison } from './harness.ts';
import { createRandom, sentenceOf } from './random.ts';

/** Reading what an agent left, beside JSON.parse of the same text undamaged (of the damaged one it reads nothing). */
export function extraction(): Comparison[] {
  return [1, 10].flatMap((megabytes) => {
    const valid = agentOutput(megabytes * 1_000_000);
    const damaged = damage(valid);
    const compare = (what: string, text: string): Comparison => ({
      what: `extraction, ${what}, ${megabytes} MB`,
      beside: text === valid ? 'JSON.parse' : 'JSON.parse of the undamaged text',
      repetitions: 15,
      courier: () => expectSome(extractFindings(text).issues.length),
      other: () => expectSome(JSON.parse(valid).issues.length),
    });
    return [compare('valid', valid), compare('damaged', damaged)];
  });
}

function agentOutput(bytes: number): string {
  const random = createRandom(7);
  const issues: unknown[] = [];
  for (let length = 0; length < bytes; ) {
    const issue = {
      title: sentenceOf(random, 8),
      description: sentenceOf(random, 60),
      priority: 'high',
      category: 'bug',
      location: { path: `src/part${issues.length}.ts`, startLine: 1 + Math.floor(random() * 400) },
      evidence: [
        { path: `src/part${issues.length}.ts`, startLine: 12, quote: `const row = rows[${issues.length}];\n` },
      ],
      nextSteps: [sentenceOf(random, 12)],
    };
    issues.push(issue);
    length += JSON.stringify(issue).length;
  }
  return JSON.stringify({ issues }, null, 1);
}

/** Prose and a fence around it, a comma too many in every twentieth object, and the end cut off. */
function damage(valid: string): string {
  let objects = 0;
  const commas = valid.replace(/\n {2}\}/g, (end) => (++objects % 20 === 0 ? `,${end}` : end));
  return `Here is what I found:\n\n\`\`\`json\n${commas.slice(0, -2_000)}`;
}

/** Looking code up in a file of 1 MB: making it ready, and 100 quotes of three lines each. */
export function quotes(): Comparison[] {
  const random = createRandom(11);
  const lines = Array.from(
    { length: 25_000 },
    (_, at) => `  const ${sentenceOf(random, 1)}${at} = read(${at}, options);`,
  );
  const text = lines.join('\n');
  const index = indexForQuotes(text);
  const wanted = Array.from({ length: 100 }, () => {
    const at = Math.floor(random() * (lines.length - 3));
    return { line: at + 1, quote: lines.slice(at, at + 3).join('\n') };
  });
  return [
    {
      what: 'a file of 1 MB made ready for quotes',
      beside: 'split into lines',
      repetitions: 25,
      courier: () => expectSome(indexForQuotes(text).lines.length),
      other: () => expectSome(text.split(/\r\n|\r|\n/).length),
    },
    {
      what: '100 quotes looked up in it, white space aside',
      beside: 'String.indexOf, exact',
      repetitions: 25,
      courier: () => forEach(wanted, ({ quote, line }) => expectSome(findQuote(index, quote, line)?.startLine ?? 0)),
      other: () => forEach(wanted, ({ quote }) => expectSome(text.indexOf(quote) + 1)),
    },
  ];
}

const plainRedaction =
  /gh[pousr]_[A-Za-z0-9]{36,}|sk-ant-[\w-]{20,}|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----/g;

/** The gate, beside a redaction that looks for four shapes of tokens and disarms nothing. */
export function gate(): Comparison[] {
  const random = createRandom(13);
  const { block, title } = createGate({ secrets: ['a-secret-of-the-job'] });
  const blocks = Array.from({ length: 16 }, () => proseOf(random, 64_000));
  const titles = Array.from({ length: 1000 }, () => `${sentenceOf(random, 9)} in \`src/a_b.ts\` @somebody #12`);
  const beside = 'one regular expression for tokens';
  return [
    {
      what: 'the gate, 1 MB of prose in 16 blocks',
      beside,
      repetitions: 9,
      courier: () => forEach(blocks, (text) => expectSome(block(text).length)),
      other: () => forEach(blocks, (text) => expectSome(text.replace(plainRedaction, '***').length)),
    },
    {
      what: 'the gate, 1,000 titles',
      beside,
      repetitions: 25,
      courier: () => forEach(titles, (text) => expectSome(title(text).length)),
      other: () => forEach(titles, (text) => expectSome(text.replace(plainRedaction, '***').length)),
    },
  ];
}

function proseOf(random: () => number, length: number): string {
  const paragraphs: string[] = [];
  for (let size = 0; size < length; size += paragraphs.at(-1)?.length ?? 0) {
    paragraphs.push(`${sentenceOf(random, 40)}, see \`src/a.ts\` and https://example.com/a_b. @somebody, #12.`);
  }
  return paragraphs.join('\n\n').slice(0, length);
}

function forEach<Item>(items: readonly Item[], work: (item: Item) => void): void {
  for (const item of items) work(item);
}

/** A measurement of work that was not done would be worth nothing. */
function expectSome(count: number): void {
  if (!(count > 0)) throw new Error('nothing was done');
}
