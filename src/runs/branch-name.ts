/** Where the branches of runs are. */
const folder = 'courier/';
const longestSlug = 48;

/**
 * The branch of an issue's runs: `courier/issue-7-slow-start`. Whatever the title holds, the name is lower-case letters, digits and hyphens; a title
 * in another script leaves the number alone.
 */
export function nameBranch({ number, title }: { number: number; title: string }): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, longestSlug)
    .replace(/-[^-]*$/, (cut) => (title.length > longestSlug ? '' : cut))
    .replace(/-+$/, '');
  return `${folder}issue-${number}${slug === '' ? '' : `-${slug}`}`;
}

/** Branches that no run works on, whoever names them. */
export type TakenBranches = {
  defaultBranch: string;
  ledger: string;
  /** Whether GitHub protects a branch of that name. */
  isProtected: boolean;
};

/** @returns why a run may not write to the branch that a person named, in a sentence; `undefined` where it may. */
export function refuseBranch(name: string, { defaultBranch, ledger, isProtected }: TakenBranches): string | undefined {
  const same = (other: string) => name.toLowerCase() === other.toLowerCase();
  if (same(defaultBranch)) return `The branch ${name} is the default branch: a run works on a branch of its own.`;
  if (same(ledger)) return `The branch ${name} holds Courier's ledger: a run works on a branch of its own.`;
  if (same('courier')) return 'A branch courier cannot be beside the branches courier/….';
  if (isProtected) return `The branch ${name} is protected: a run works on a branch of its own.`;
  return undefined;
}
