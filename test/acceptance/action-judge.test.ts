import { describe, expect, it } from 'vitest';
import type { Script } from '../fakes/anthropic/script.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';

const route = `const users = require('./users');

app.get('/find', (request, response) => {
  response.send(users.find(request.query.name));
});
`;
const dao = `exports.find = (name) => {
  const sql = "select * from users where name = '" + name + "'";
  return db.query(sql);
};
`;
const files = { 'src/routes.js': route, 'src/users.js': dao, '.github/courier.yml': 'presets: none\n' };

const inQuery = {
  title: 'SQL injection in users.find',
  description: 'The user name is concatenated into the select statement of users.find, which allows SQL injection.',
  priority: 'critical',
  category: 'security',
  cwe: 'CWE-89',
  location: { path: 'src/users.js', startLine: 2 },
  evidence: [{ path: 'src/users.js', startLine: 2, quote: 'const sql = "select * from users where name' }],
};
const inRoute = {
  ...inQuery,
  title: 'SQL injection by the user name in the route of find',
  description: 'The user name of the request reaches users.find, whose select statement allows SQL injection.',
  location: { path: 'src/routes.js', startLine: 4 },
  evidence: [{ path: 'src/routes.js', startLine: 4, quote: 'response.send(users.find(request.query.name));' }],
};

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const scan =
  (finding: object, judge?: object): Script =>
  (request, index) => {
    if (request.tools?.some((tool) => 'name' in tool && tool.name === 'decide'))
      return judge ? call('decide', judge) : { text: 'No.' };
    return index === 0 ? call('report_finding', finding) : call('finish', { summary: 'done' });
  };
const decided = (answer: string) => ({ answers: [{ pair: 'P1', answer }] });

describe.skipIf(!sandboxed)(`a judge in a workflow${leftOut}`, () => {
  it('makes one of a problem that is told in another file, and is paid from the session’s budget', async () => {
    const bed = await aBed(files);
    await bed.run(agentStep(await bed.model(scan(inQuery))));
    const model = await bed.model(scan(inRoute, decided('same')));
    const { outputs, log } = await bed.run(agentStep(model));
    expect(log).not.toContain('::error');
    expect(outputs).toMatchObject({ result: 'complete', findings: '1', created: '0' });
    expect(bed.github.repository().issues).toHaveLength(1);
    expect(model.requests).toHaveLength(3);
    const spentOn = (await bed.run(agentStep(await bed.model(scan(inQuery))))).outputs['cost-usd'];
    expect(Number(outputs['cost-usd'])).toBeGreaterThan(Number(spentOn));
  });

  it.each([
    ['a judge says so', decided('different'), ''],
    ['it says nothing', undefined, ''],
    ['nobody wants one', decided('same'), 'review: { judge: false }\n'],
  ])('keeps two where %s', async (_case, judge, config) => {
    const bed = await aBed({ ...files, '.github/courier.yml': `presets: none\n${config}` });
    await bed.run(agentStep(await bed.model(scan(inQuery))));
    const { outputs, summary } = await bed.run(agentStep(await bed.model(scan(inRoute, judge))));
    expect(outputs).toMatchObject({ result: 'complete', created: '1' });
    expect(summary.includes('No judge decided about 1 pair')).toBe(judge === undefined);
  });
});
