import { expect, it } from 'vitest';
import { categories } from '../../src/findings/category.ts';
import {
  baseLabel,
  findLabels,
  labelFor,
  labelStates,
  labels,
  labelsOf,
  toLabelPriority,
} from '../../src/findings/labels.ts';
import { priorities } from '../../src/findings/severity.ts';
import { limits } from '../../src/publishing/bound.ts';
import { aFinding, gate } from './issue-builders.ts';

it('has every label of the contract, once', () => {
  expect(labels.map(({ name }) => name)).toEqual([
    'courier',
    ...['critical', 'high', 'medium', 'low'].map((priority) => `priority: ${priority}`),
    ...categories,
    ...['running', 'failed', 'needs-human', 'awaiting-answer', 'regressed', 'unverified', 'ignored'].map(
      (state) => `courier: ${state}`,
    ),
  ]);
  expect(labels[0]?.name).toBe(baseLabel);
  expect(labelStates).toHaveLength(7);
});

it('keeps within what GitHub takes, and passes the gate unchanged', () => {
  for (const { name, color, description } of labels) {
    expect(gate.label(name)).toBe(name);
    expect(name.length).toBeLessThanOrEqual(limits.label);
    expect(color).toMatch(/^[0-9a-f]{6}$/);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(description).not.toBe('');
  }
});

it('labels a finding by priority, category and what is special about it', () => {
  expect(labelsOf(aFinding())).toEqual(['priority: medium', 'bug']);
  const regressed = { at: '2026-11-20T10:00:00Z' };
  expect(labelsOf(aFinding({ severity: 1, category: 'security', verified: 'none', regressed }))).toEqual([
    'priority: critical',
    'security',
    'courier: regressed',
    'courier: unverified',
  ]);
});

it('reads the priority from a label as it writes it, in any case', () => {
  for (const priority of priorities) expect(toLabelPriority(labelFor({ priority }).toUpperCase())).toBe(priority);
  expect(toLabelPriority('priority: urgent')).toBeUndefined();
});

it('knows what a repository’s own labels look like, too', () => {
  expect(findLabels(['courier', 'Bug', 'team: shop', 'bug'])).toEqual([
    { name: 'courier', color: '1f6feb', description: 'Kept by Courier' },
    { name: 'bug', color: 'd73a4a', description: 'Does not do what it should' },
    { name: 'team: shop', color: 'ededed', description: '' },
  ]);
});
