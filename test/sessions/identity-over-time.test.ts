import { describe, expect, it } from 'vitest';
import type { Candidate, Finding } from '../../src/findings/finding.ts';
import { scopesByIndentation } from '../../src/findings/scopes-by-indentation.ts';
import { raiseFindings } from '../../src/flows/raise-findings.ts';
import { applySession } from '../../src/sessions/apply-session.ts';
import { Discovery } from '../../src/sessions/discovery.ts';
import { aCandidate } from '../findings/builders.ts';

const source = `const db = require('./db');

function findUser(name) {
  const sql = "select * from users where name = '" + name + "'";
  return db.query(sql);
}

function removeUser(name) {
  const sql = "delete from users where name = '" + name + "'";
  return db.query(sql);
}
`;

type Files = Readonly<Record<string, string>>;
let sessions = 0;

/** What the ledger holds after a session in which an agent told these problems of these files. */
async function scan(known: readonly Finding[], files: Files, told: readonly Partial<Candidate>[], over: object = {}) {
  const { raised } = await raiseFindings(
    told.map((one) => ({ candidate: aCandidate(one), origin: { kind: 'agent' as const, name: 'security' } })),
    {
      readText: async (path) => files[path],
      findScopes: async (_path, text) => scopesByIndentation(text),
      clean: (line) => line,
    },
  );
  const id = `S20261120-1000${String(10 + ++sessions)}-aaaa`;
  const discovery = Discovery.parse({
    version: 1,
    session: {
      ...{ version: 1, id, kind: 'scan', displayName: 'Scan', trigger: 'schedule' },
      ...{ repository: 'acme/shop', phase: 'completed', result: 'complete', reasons: [], agents: [], checks: [] },
      startedAt: '2026-11-20T10:00:00Z',
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      ...{ raised: [], updated: [], resolved: [], reopened: [], rejected: [], questions: [], assumptions: [] },
    },
    raised,
    determined: [],
    reconciles: true,
    ...over,
  });
  return applySession(known, discovery, { ignore: [], at: '2026-11-20T10:00:00Z', visible: true });
}

const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
const quoting = (path: string, text: string, part: string, over: Partial<Candidate> = {}): Partial<Candidate> => {
  const startLine = lineOf(text, part);
  const quote = text.split('\n')[startLine - 1] ?? '';
  return { location: { path, startLine }, evidence: [{ path, startLine, quote }], ...over };
};
const asTold = { title: 'SQL injection in findUser', description: 'The name is joined into the query.', cwe: 'CWE-89' };
const reworded = {
  title: 'Unsafe string building',
  description: 'A caller can change what is selected.',
  cwe: 'CWE-89',
};

describe('a problem that an agent tells again in other words', () => {
  const first = () => scan([], { 'users.js': source }, [quoting('users.js', source, 'select *', asTold)]);
  const againIn = async (path: string, text: string, over: object = {}, known?: readonly Finding[]) =>
    scan(known ?? (await first()).findings, { [path]: text }, [quoting(path, text, 'select *', reworded)], over);

  it('is the same where lines were put before it', async () => {
    const { fresh, seen } = await againIn('users.js', `// one\n// two\n${source}`);
    expect([fresh, seen.length]).toEqual([[], 1]);
  });

  it('is the same in a file that was renamed and edited', async () => {
    const edited = source.replace("const db = require('./db');", "import db from '../db';\nimport log from '../log';");
    const renamed = await againIn('src/people.js', edited, { renames: [['users.js', 'src/people.js']] });
    expect([renamed.fresh, renamed.findings[0]?.location?.path]).toEqual([[], 'src/people.js']);
    expect((await againIn('src/people.js', edited)).fresh).toHaveLength(1);
    expect((await againIn('src/people.js', source)).fresh).toEqual([]);
  });

  it('is the same where its function was moved to another file, and the old one is gone', async () => {
    const moved = `function before() {}\n\n${source.slice(source.indexOf('function findUser'), source.indexOf('function remove'))}`;
    expect((await againIn('lib/find-user.js', moved, { gone: ['users.js'] })).fresh).toEqual([]);
  });

  it('keeps its identity over a rename, an edit of its line and a move, one after the other', async () => {
    const one = await first();
    const two = await againIn('people.js', source, { renames: [['users.js', 'people.js']] }, one.findings);
    const edited = source.replace('select * from users', 'select * from people');
    const told = { ...asTold, title: 'SQL injection in findUser by the name' };
    const three = await scan(two.findings, { 'people.js': edited }, [quoting('people.js', edited, 'select *', told)]);
    const elsewhere = `// moved\n${edited}`;
    const four = await againIn('lib/people.js', elsewhere, { gone: ['people.js'] }, three.findings);
    expect(four.findings).toHaveLength(1);
    expect(four.findings[0]).toMatchObject({ id: one.findings[0]?.id, occurrences: 4, title: asTold.title });
  });

  it('is not its neighbour of the same weakness', async () => {
    const { findings } = await first();
    const both = [
      quoting('users.js', source, 'select *', reworded),
      quoting('users.js', source, 'delete from', { ...reworded, title: 'Unsafe deletion' }),
    ];
    const { fresh, seen } = await scan(findings, { 'users.js': source }, both);
    expect([fresh.length, seen.length]).toEqual([1, 2]);
  });

  it('stays what a person made of it: a dismissed one is known again, not told anew', async () => {
    const { findings } = await first();
    const dismissed = findings.map(
      (finding): Finding => ({ ...finding, issue: { number: 4, labels: [] }, state: 'ignored' }),
    );
    expect((await againIn('users.js', `\n${source}`, {}, dismissed)).fresh).toEqual([]);
  });
});

describe('a problem that may be a known one', () => {
  const told = {
    title: 'Query of users',
    description: 'The name is joined into the query.',
    cwe: 'CWE-89',
    evidence: [],
  };
  const at = (startLine: number) => ({ ...told, location: { path: 'users.js', startLine } });
  const files = { 'users.js': source };
  const twins = async () => {
    const one = await scan([], files, [at(4)]);
    const two = await scan([], files, [at(4)]);
    return [...one.findings, ...two.findings];
  };

  it('is new, and says which ones it may be', async () => {
    const known = await twins();
    const { findings, fresh } = await scan(known, files, [at(4)]);
    const created = findings.find(({ id }) => id === fresh[0]);
    expect(created?.possiblySame.toSorted()).toEqual(known.map(({ id }) => id).toSorted());
  });

  it('is what a judge says, however often the session is applied', async () => {
    const known = await twins();
    const [first] = known;
    const judged = [{ fingerprint: first?.fingerprints[0], finding: first?.id, same: true }];
    for (let time = 0; time < 2; time++) {
      const { fresh, seen } = await scan(known, files, [at(4)], { judged });
      expect([fresh, seen]).toEqual([[], [first?.id]]);
    }
  });
});
