import type { ChainRecord } from './chain-record.ts';
import { chainPath } from './layout.ts';
import type { Snapshot } from './store.ts';
import { understandChain } from './understand-chain.ts';

const chainFile = /^chains\/([1-9]\d{0,9})\.json$/;

export async function readChain(snapshot: Snapshot, issue: number): Promise<ChainRecord | undefined> {
  const text = await snapshot.read(chainPath(issue));
  return text === undefined ? undefined : understandChain(text, issue);
}

export async function listChains(snapshot: Snapshot): Promise<ChainRecord[]> {
  const issues = snapshot.list('chains/').flatMap((path) => {
    const [, issue] = chainFile.exec(path) ?? [];
    return issue === undefined ? [] : [Number(issue)];
  });
  const chains = await Promise.all(issues.map((issue) => readChain(snapshot, issue)));
  return chains.flatMap((chain) => chain ?? []);
}
