import { expect, it } from 'vitest';
import { orderKnown } from '../../src/findings/order-known.ts';
import { aKnown, laterSighting } from './builders.ts';

it('lists what the scan itself raised first, then the severe, then the newest, and what is withheld last', () => {
  const own = aKnown({ id: 'F-aaaaaaa5', severity: 4, origin: { kind: 'agent', name: 'security' } });
  const other = { origin: { kind: 'agent', name: 'races' } } as const;
  const severe = aKnown({ id: 'F-aaaaaaa4', severity: 1, ...other });
  const newer = aKnown({ id: 'F-aaaaaaa3', severity: 2, lastSeen: laterSighting, ...other });
  const older = aKnown({ id: 'F-aaaaaaa2', severity: 2, ...other });
  const withheld = aKnown({ id: 'F-aaaaaaa1', severity: 1, description: '' });
  expect(orderKnown([withheld, older, newer, severe, own], 'security')).toEqual([own, severe, newer, older, withheld]);
});
