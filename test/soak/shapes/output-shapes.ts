/** Outputs of 50 MB, well-formed and hostile, by name. */
const size = 50_000_000;

const issue = (index: number) =>
  JSON.stringify({
    title: `Problem number ${index}`,
    description: `A description of it ${index}`,
    severity: 2,
    location: { path: 'src/a.js', startLine: index },
    evidence: [{ path: 'src/a.js', startLine: index, quote: `const a = ${index}` }],
  });

function issues(bytes: number, separator = ','): string {
  const parts: string[] = [];
  for (let index = 0, length = 0; length < bytes; index++) {
    parts.push(issue(index));
    length += (parts.at(-1)?.length ?? 0) + separator.length;
  }
  return parts.join(separator);
}

const many = (separator = ',') => issues(size - 1000, separator);
/** How many of them an ordinary output holds. */
export const issueCount = many('\n').split('\n').length;

const fill = (unit: string, rest = 100) => unit.repeat(Math.floor((size - rest) / unit.length));

/** The same ordinary issues in several forms: all of them are to be found. */
export const ordinary: Readonly<Record<string, () => string | Uint8Array>> = {
  valid: () => `{"issues":[${many()}]}`,
  'trailing comma': () => `{"issues":[${many()},]}`,
  truncated: () => `{"issues":[${many()}`,
  'one object a line': () => many('\n'),
  'single quotes': () => `{'issues':[${many().replaceAll('"', "'")}]}`,
  'fenced, with prose': () => `Here they are:\n\`\`\`json\n[${many()}]\n\`\`\`\nbye`,
};

export const hostile: Readonly<Record<string, () => string | Uint8Array>> = {
  'encoded twice': () => JSON.stringify(`{"issues":[${issues(size * 0.75)}]}`).slice(0, size),
  'one long text': () => `{"issues":[{"title":"a","description":"${fill('x')}"}]}`,
  'bare quotes in a text': () => `{"issues":[{"title":"a","description":"${fill('x"')}"}]}`,
  'open escapes': () => `{"issues":[{"title":"a","description":"${fill('\\n\\"')}`,
  'unicode escapes': () => `{"issues":[{"title":"a","description":"${fill('\\u00e9')}",}]}`,
  'open brackets': () => fill('['),
  'open objects': () => fill('{"a":'),
  'open pairs': () => fill('[{'),
  quotes: () => `{"issues":[${fill('"')}`,
  commas: () => `[${fill(',')}]`,
  'empty objects': () => `[${fill('{},')}{}]`,
  numbers: () => `[${fill('1,')}1]`,
  titles: () => `[${fill('{"title":"a"},')}{"title":"a"}]`,
  'bare titles': () => `[${fill("{title:'a'},")}{title:'a'}`,
  strings: () => `["${fill('a","')}a"]`,
  keys: () => `{${Array.from({ length: size / 16 }, (_, at) => `"k${String(at).padStart(9, '0')}":1`).join(',')}}`,
  'bare keys': () =>
    `{${Array.from({ length: size / 14 }, (_, at) => `k${String(at).padStart(9, '0')}:1`).join(',')},}`,
  'empty lines': () => `${fill('\n')}[]`,
  'quoted mail': () => `${fill(`> ${'x'.repeat(40)}\n`)}> [{"title":"a","description":"b"}]`,
  'numbered lines': () => fill('12: {"title":"t","descr":"x}\n'),
  entities: () => fill('&quot;'),
  'escaped list': () => fill('[{\\"title\\":\\"a\\"},'),
  backslashes: () => `["${fill('\\')}`,
  'UTF-16': () =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`{"issues":[${issues(size / 2 - 1000)}]}`, 'utf16le')]),
  'broken UTF-8': () => Buffer.alloc(size, 0xff),
  'terminal codes': () => fill('\u001b[31m'),
  'open terminal titles': () => fill(`\u001b]0;${'x'.repeat(20)}`),
  fences: () => fill('```json\n[]\n```\n'),
  'single issues in prose': () => fill('{"title":"a","description":"b"}\n\ntext\n'),
  comments: () => `[${fill('/* x */')}]`,
  'an open comment': () => `[/*${fill('*')}`,
  prototypes: () => `[${fill('{"__proto__":{"title":"x"}},')}{}]`,
  'nested titles': () => fill('{"title":"a","x":'),
  tuples: () => `(${fill("{'title': 'a', 'description': None},")})`,
  'events of a stream': () =>
    fill('{"type":"assistant","message":{"content":[{"type":"text","text":"[{\\"title\\":\\"a\\"}]"}]}}\n'),
};
