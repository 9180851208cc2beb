import { expect, test } from 'vitest';
import { categories, understandCategory } from '../../src/findings/category.ts';

test.each(categories)('keeps %s', (category) => {
  expect(understandCategory(category)).toBe(category);
  expect(understandCategory(category.toUpperCase())).toBe(category);
});

test.each([
  ['vulnerability', 'security'],
  ['Vulnerabilities', 'security'],
  ['XSS', 'security'],
  ['sql_injection', 'security'],
  ['CWE-89: SQL Injection', 'security'],
  ['perf', 'performance'],
  ['Test Coverage', 'tests'],
  ['documentation', 'docs'],
  ['dependency', 'dependencies'],
  ['style', 'quality'],
  ['maintainability', 'quality'],
  ['errorHandling', 'bug'],
  ['security / injection', 'security'],
  ['constructor', 'quality'],
])('reads %j as %s', (word, category) => {
  expect(understandCategory(word)).toBe(category);
});

test('takes an unknown word for quality, unless a CWE or the title speaks of security', () => {
  expect(understandCategory('gardening')).toBe('quality');
  expect(understandCategory('gardening', { cwe: 'CWE-89' })).toBe('security');
  expect(understandCategory('gardening', { title: 'SQL injection in the login form' })).toBe('security');
});

test('takes no word for a bug, unless a CWE or the title speaks of security', () => {
  expect(understandCategory(undefined, { title: 'Off by one in the pager' })).toBe('bug');
  expect(understandCategory(7)).toBe('bug');
  expect(understandCategory('', { cwe: 'CWE-79' })).toBe('security');
});
