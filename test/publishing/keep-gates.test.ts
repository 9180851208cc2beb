import { expect, it } from 'vitest';
import { keepGates } from '../../src/publishing/keep-gates.ts';

it('makes the gate of the same secrets once, and keeps those that were used last', () => {
  const gateOf = keepGates(2);
  const first = gateOf(['secret-number-one']);
  expect(gateOf(['secret-number-one'])).toBe(first);
  const second = gateOf(['secret-number-two']);
  gateOf(['secret-number-one']);
  gateOf(['secret-number-three']);
  expect(gateOf(['secret-number-one'])).toBe(first);
  expect(gateOf(['secret-number-two'])).not.toBe(second);
  expect(gateOf(['secret-number-two']).plain('a secret-number-two b')).toBe('a *** b');
});
