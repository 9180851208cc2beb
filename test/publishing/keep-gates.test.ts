import { expect, it } from 'vitest';
import { keepGates } from '../../src/publishing/keep-gates.ts';
import { takeApart } from '../../src/publishing/secret-pieces.ts';

function aKeeper(most: number) {
  const taken: string[] = [];
  const gateOf = keepGates(most, (secrets) => {
    taken.push(...secrets);
    return takeApart(secrets);
  });
  return { taken, gateOf };
}

const key = 'the-private-key-of-the-app';

it('takes what all repositories have in common apart once, whatever token comes with it', () => {
  const { taken, gateOf } = aKeeper(3);
  const tokens = Array.from({ length: 10 }, (_, at) => `token-of-repository-${at}`);
  for (const token of [...tokens, ...tokens]) gateOf([key, token]);
  expect(taken.filter((secret) => secret === key)).toHaveLength(1);
});

it('keeps the secrets that were used last', () => {
  const { taken, gateOf } = aKeeper(2);
  for (const secret of ['number-one', 'number-two', 'number-one', 'number-three', 'number-one']) gateOf([secret]);
  expect(taken).toEqual(['number-one', 'number-two', 'number-three']);
  gateOf(['number-two']);
  expect(taken).toEqual(['number-one', 'number-two', 'number-three', 'number-two']);
});

it('hides each of the secrets, and what two of them spell together', () => {
  const { gateOf } = aKeeper(2);
  const text = `a ${key} b token-of-one c token-of-one${key} d`;
  expect(gateOf([key, 'token-of-one']).plain(text)).toBe('a *** b *** c *** d');
  expect(gateOf([key, 'token-of-two']).plain('a token-of-one b')).toBe('a token-of-one b');
});
