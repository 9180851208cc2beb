import { describeStore } from '../contracts/store-contract.ts';
import { createMemoryStore } from './memory-store.ts';

describeStore('in memory', async () => {
  const { store } = createMemoryStore();
  return { open: () => store };
});
