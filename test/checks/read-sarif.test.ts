import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSarif } from '../../src/checks/read-sarif.ts';

const root = '/srv/app';

const aResult = (over: object = {}) => ({
  ruleId: 'no-eval',
  message: { text: 'eval is harmful' },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 3, endLine: 4 } } }],
  ...over,
});
const aRun = (over: object = {}) => ({
  tool: { driver: { name: 'lint', version: '1.2.3' } },
  results: [aResult()],
  ...over,
});
const aLog = (...runs: object[]) => JSON.stringify({ version: '2.1.0', runs: runs.length > 0 ? runs : [aRun()] });
const at = (artifactLocation: object) => aResult({ locations: [{ physicalLocation: { artifactLocation } }] });

function read(text: string) {
  const reading = readSarif(text, { root });
  if ('unreadable' in reading) throw new Error(reading.unreadable);
  return reading;
}
const readOne = (run: object) => read(aLog(aRun(run))).results[0];
const rules = (rule: object) => ({ tool: { driver: { name: 'lint', rules: [{ id: 'no-eval', ...rule }] } } });

describe('a SARIF log', () => {
  it('gives rule, level, message and place of each result', () => {
    expect(read(aLog())).toEqual({
      tool: 'lint',
      version: '1.2.3',
      results: [
        {
          rule: 'no-eval',
          ruleName: 'no-eval',
          level: 'warning',
          message: 'eval is harmful',
          tags: [],
          path: 'src/a.js',
          startLine: 3,
          endLine: 4,
        },
      ],
    });
  });

  it('may begin with a byte order mark and hold several runs', () => {
    expect(read(`\uFEFF\n${aLog(aRun(), aRun({ tool: { driver: { name: 'other' } } }))}`).results).toHaveLength(2);
  });

  it.each([
    [{ uri: 'src/a.js' }, 'src/a.js'],
    [{ uri: './src/../src/a.js' }, 'src/a.js'],
    [{ uri: 'file:///srv/app/src/a%20b.js' }, 'src/a b.js'],
    [{ uri: 'file://localhost/srv/app/src/a.js' }, 'src/a.js'],
    [{ uri: 'file:/srv/app/src/a.js' }, 'src/a.js'],
    [{ uri: '/srv/app/src/a.js' }, 'src/a.js'],
    [{ uri: 'src/100%.js' }, 'src/100%.js'],
    [{ uri: 'src/a.js', uriBaseId: '%SRCROOT%' }, 'src/a.js'],
    [{ uri: 'a.js', uriBaseId: 'SRC' }, 'src/a.js'],
    [{ uri: 'b.js', uriBaseId: 'DEEP' }, 'src/deep/b.js'],
    [{ uri: 'c.js', uriBaseId: 'CIRCLE' }, undefined],
    [{ index: 0 }, 'src/indexed.js'],
    [{ uri: '/etc/passwd' }, undefined],
    [{ uri: '../outside.js' }, undefined],
    [{ uri: 'file:///srv/application/src/a.js' }, undefined],
    [{ uri: 'https://example.org/a.js' }, undefined],
  ])('finds the path of %j', (location, path) => {
    const result = readOne({
      results: [at(location)],
      artifacts: [{ location: { uri: 'src/indexed.js' } }],
      originalUriBaseIds: {
        SRC: { uri: 'file:///srv/app/src/' },
        DEEP: { uri: 'deep/', uriBaseId: 'SRC' },
        CIRCLE: { uri: '../', uriBaseId: 'CIRCLE' },
      },
    });
    expect(result?.path).toBe(path);
  });

  it('does without a region, and without a place', () => {
    expect(readOne({ results: [at({ uri: 'src/a.js' })] })).toMatchObject({ path: 'src/a.js' });
    expect(readOne({ results: [at({ uri: 'src/a.js' })] })).not.toHaveProperty('startLine');
    expect(readOne({ results: [aResult({ locations: [] })] })).not.toHaveProperty('path');
  });

  it.each([[0], [-3], [1.5], [1e300]])('ignores the impossible line %d', (startLine) => {
    const locations = [{ physicalLocation: { artifactLocation: { uri: 'a.js' }, region: { startLine } } }];
    expect(readOne({ results: [aResult({ locations })] })).not.toHaveProperty('startLine');
  });

  it("takes the level from the rule's default where the result has none", () => {
    expect(readOne(rules({ defaultConfiguration: { level: 'error' } }))?.level).toBe('error');
    const own = { ...rules({ defaultConfiguration: { level: 'error' } }), results: [aResult({ level: 'note' })] };
    expect(readOne(own)?.level).toBe('note');
  });

  it('finds the rule by index, in an extension, and below a hierarchical id', () => {
    const driver = {
      name: 'lint',
      rules: [
        { id: 'other', name: 'Other' },
        { id: 'x1', name: 'Second' },
      ],
    };
    const byIndex = { tool: { driver }, results: [aResult({ ruleId: undefined, ruleIndex: 1 })] };
    expect(readOne(byIndex)).toMatchObject({ rule: 'x1', ruleName: 'Second' });
    const extensions = [{ name: 'plugin', rules: [{ id: 'p1', shortDescription: { text: 'From a plugin' } }] }];
    const inExtension = {
      tool: { driver, extensions },
      results: [aResult({ ruleId: undefined, rule: { index: 0, toolComponent: { index: 0 } } })],
    };
    expect(readOne(inExtension)).toMatchObject({ rule: 'p1', ruleName: 'From a plugin' });
    expect(readOne({ tool: { driver }, results: [aResult({ ruleId: 'x1/sub' })] })).toMatchObject({ rule: 'x1' });
  });

  it('reads score, weakness, tags and help', () => {
    const run = rules({
      helpUri: 'https://example.org/no-eval',
      help: { text: 'Do not.' },
      properties: { 'security-severity': '8.1', tags: ['security', 'external/cwe/cwe-095'] },
    });
    expect(readOne(run)).toMatchObject({
      securitySeverity: 8.1,
      cwe: 'CWE-95',
      tags: ['security', 'external/cwe/cwe-095'],
      helpUri: 'https://example.org/no-eval',
      help: 'Do not.',
    });
    const relationships = [{ target: { id: '79', toolComponent: { name: 'CWE' } } }];
    expect(readOne(rules({ relationships }))?.cwe).toBe('CWE-79');
    expect(readOne(rules({ properties: { 'security-severity': 'high' } }))).not.toHaveProperty('securitySeverity');
  });

  it('fills placeholders of stored messages and unfolds links into the log', () => {
    const stored = {
      ...rules({ messageStrings: { used: { text: 'Use of {0} with {1}, {2}' } } }),
      results: [aResult({ message: { id: 'used', arguments: ['eval', 'input'] } })],
    };
    expect(readOne(stored)?.message).toBe('Use of eval with input, {2}');
    expect(readOne({ results: [aResult({ message: { text: 'Flows from [here](1) to [there](2).' } })] })?.message).toBe(
      'Flows from here to there.',
    );
  });

  it.each([
    [{ kind: 'pass' }, 0],
    [{ kind: 'notApplicable' }, 0],
    [{ kind: 'fail' }, 1],
    [{ kind: 'review' }, 1],
    [{ baselineState: 'absent' }, 0],
    [{ baselineState: 'unchanged' }, 1],
    [{ suppressions: [] }, 1],
    [{ suppressions: [{ kind: 'inSource' }] }, 0],
    [{ suppressions: [{ kind: 'external', status: 'accepted' }] }, 0],
    [{ suppressions: [{ kind: 'external', status: 'rejected' }] }, 1],
    [{ suppressions: [{ kind: 'external', status: 'underReview' }] }, 1],
  ])('counts a result with %j as %i problems', (over, problems) => {
    expect(read(aLog(aRun({ results: [aResult(over)] }))).results).toHaveLength(problems);
  });

  it('is clean only when it says so with an empty list', () => {
    expect(read(aLog(aRun({ results: [] }))).results).toEqual([]);
  });
});

describe('a log that does not say what was found', () => {
  const invocation = (over: object) => ({ invocations: [{ executionSuccessful: false, ...over }] });
  it.each([
    ['', 'is empty'],
    ['   \n', 'is empty'],
    ['Error: cannot find module', 'not JSON'],
    [aLog().slice(0, -20), 'not JSON'],
    ['[]', 'not SARIF'],
    ['{"version":"2.1.0","runs":[]}', 'not SARIF'],
    ['{"version":"1.0.0","runs":[{}]}', 'not SARIF'],
    ['{"results":[]}', 'not SARIF'],
    [aLog(aRun({ results: undefined })), 'no list of results'],
    [aLog(aRun({ results: null })), 'no list of results'],
    [aLog(aRun({ results: ['oops'] })), 'not SARIF'],
    [aLog(aRun(), aRun({ results: undefined })), 'no list of results'],
    [aLog(aRun(invocation({ exitCodeDescription: 'out of memory' }))), 'out of memory'],
    [
      aLog(aRun(invocation({ toolExecutionNotifications: [{ level: 'error', message: { text: 'no compiler' } }] }))),
      'no compiler',
    ],
  ])('is unreadable, with the reason: %#', (text, reason) => {
    expect(readSarif(text, { root })).toEqual({ unreadable: expect.stringContaining(reason) });
  });
});

it('answers with results or a reason, whatever the text', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((results) => JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: {} }, results }] })),
    fc
      .jsonValue()
      .map((value) => aLog(aRun({ results: [aResult({ message: value, locations: value, properties: value })] }))),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const reading = readSarif(text, { root });
      if ('unreadable' in reading) expect(reading.unreadable).not.toBe('');
      else for (const result of reading.results) expect(result.path ?? 'a').not.toMatch(/^\/|(^|\/)\.\.(\/|$)/);
    }),
  );
});
