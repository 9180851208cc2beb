import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { RecordedScope } from '../../src/sessions/recorded-scope.ts';
import { resolveSettings } from '../../src/sessions/settings.ts';

const recorded = RecordedScope.shape.settings.shape.issues;
const issuesOf = (config: string) =>
  resolveSettings(parseConfig(config, 'courier.yml'), { agent: 'none' }, { hasModelKey: false, strict: true }).issues;

it.each(['', 'review: { gate: human }\n', 'issues: { maxNew: 3, labels: [a] }\n'])(
  'reads back what it keeps of the settings: %j',
  (config) => {
    expect(recorded.parse(JSON.parse(JSON.stringify(issuesOf(config))))).toEqual(issuesOf(config));
  },
);

it('reads what was recorded before there was a gate', () => {
  const { gate: _, ...before } = issuesOf('');
  expect(recorded.parse(before)).toMatchObject({ gate: 'none' });
});
