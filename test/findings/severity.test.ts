import { describe, expect, test } from 'vitest';
import { type Severity, understandPriority, understandSeverity } from '../../src/findings/severity.ts';

const scales: Record<Severity, unknown[]> = {
  1: [
    'critical',
    'CRITICAL',
    'blocker',
    'P0',
    'p-0',
    'SEV1',
    'sev-1',
    'S1',
    1,
    '1',
    ' Critical ',
    '🔴 Critical',
    'fatal',
  ],
  2: ['high', 'major', 'P1', 'SEV2', 'error', 2, '2', 'High severity', 'HIGH (7.5)', 'P1 - High', 'very high'],
  3: ['medium', 'moderate', 'P2', 'SEV3', 'warning', 3, '3'],
  4: ['low', 'minor', 'info', 'informational', 'trivial', 'note', 'none', 'P3', 'SEV4', 4, '4'],
};

describe('severity', () => {
  for (const [severity, words] of Object.entries(scales)) {
    test.each(words)(`reads %j as ${severity}`, (word) => {
      expect(understandSeverity(word)).toBe(Number(severity));
    });
  }

  test.each([
    undefined,
    null,
    '',
    'banana',
    0,
    5,
    -1,
    1.5,
    Number.NaN,
    '9',
    true,
    {},
    ['high'],
    'not a high one',
    'x'.repeat(1e6),
  ])('takes %j for medium', (value) => {
    expect(understandSeverity(value)).toBe(3);
  });
});

describe('a priority that a person types', () => {
  test.each([
    ['high', 'high'],
    [' Critical ', 'critical'],
    ['LOW', 'low'],
  ])('reads %j', (text, priority) => {
    expect(understandPriority(text)).toBe(priority);
  });

  test.each(['P1', '2', 'major', '', 'high!'])('refuses %j', (text) => {
    expect(understandPriority(text)).toBeUndefined();
  });
});
