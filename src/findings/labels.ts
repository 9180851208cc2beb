import { type Category, categories } from './category.ts';
import type { Finding } from './finding.ts';
import type { Label } from './issue.ts';
import { type Priority, priorities, toPriority } from './severity.ts';

/** The label of every issue that Courier files. */
export const baseLabel = 'courier';

/** What goes on with an issue, each a label `courier: …`. */
export const labelStates = [
  'running',
  'failed',
  'needs-human',
  'awaiting-answer',
  'regressed',
  'unverified',
  'ignored',
] as const;
export type LabelState = (typeof labelStates)[number];

const ofPriority = {
  critical: { color: 'b60205', description: 'Courier: severity 1, act now' },
  high: { color: 'd93f0b', description: 'Courier: severity 2' },
  medium: { color: 'fbca04', description: 'Courier: severity 3' },
  low: { color: '0e8a16', description: 'Courier: severity 4' },
} as const satisfies Record<Priority, Omit<Label, 'name'>>;

const ofCategory = {
  security: { color: 'ee0701', description: 'Can be abused by somebody' },
  bug: { color: 'd73a4a', description: 'Does not do what it should' },
  performance: { color: 'f9a03f', description: 'Slower or larger than it has to be' },
  architecture: { color: '5319e7', description: 'Structure that makes changes hard' },
  quality: { color: 'c5def5', description: 'Hard to read, to trust or to change' },
  tests: { color: 'bfd4f2', description: 'Tests that are missing, wrong or flaky' },
  docs: { color: '0075ca', description: 'Documentation that is missing or wrong' },
  dependencies: { color: '0366d6', description: 'Dependencies that are vulnerable or out of date' },
} as const satisfies Record<Category, Omit<Label, 'name'>>;

const ofState = {
  running: { color: '1d76db', description: 'Courier is working on it' },
  failed: { color: 'b60205', description: 'The last run of Courier failed' },
  'needs-human': { color: 'd93f0b', description: 'Courier gave up: a person is needed' },
  'awaiting-answer': { color: 'fbca04', description: 'Courier waits for an answer to a question' },
  regressed: { color: 'e99695', description: 'Was resolved, and is back' },
  unverified: { color: 'ededed', description: 'Courier could not prove it' },
  ignored: { color: 'cfd3d7', description: 'Courier stays silent about it' },
} as const satisfies Record<LabelState, Omit<Label, 'name'>>;

/** All labels that Courier gives out, with what they look like. */
export const labels: readonly Label[] = [
  { name: baseLabel, color: '1f6feb', description: 'Kept by Courier' },
  ...priorities.map((priority) => ({ name: labelFor({ priority }), ...ofPriority[priority] })),
  ...categories.map((category) => ({ name: labelFor({ category }), ...ofCategory[category] })),
  ...labelStates.map((state) => ({ name: labelFor({ state }), ...ofState[state] })),
];

/** The name of a label. */
export function labelFor(of: { priority: Priority } | { category: Category } | { state: LabelState }): string {
  if ('priority' in of) return `priority: ${of.priority}`;
  return 'category' in of ? of.category : `courier: ${of.state}`;
}

/** The priority that a label's name stands for; names compare without case, as on GitHub. */
export function toLabelPriority(name: string): Priority | undefined {
  return priorities.find((priority) => labelFor({ priority }) === name.toLowerCase());
}

/** The labels that a finding asks for by itself; `courier` and others of the configuration come on top. */
export function labelsOf(
  finding: Pick<Finding, 'severity' | 'category' | 'verified' | 'regressed'>,
): readonly string[] {
  return [
    labelFor({ priority: toPriority(finding.severity) }),
    labelFor({ category: finding.category }),
    ...(finding.regressed ? [labelFor({ state: 'regressed' })] : []),
    ...(finding.verified === 'none' ? [labelFor({ state: 'unverified' })] : []),
  ];
}

/** What these labels look like, each once: Courier's own as above, a repository's own in grey. */
export function findLabels(names: readonly string[]): readonly Label[] {
  const known = new Map(labels.map((label) => [label.name.toLowerCase(), label]));
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...wanted].map(([key, name]) => known.get(key) ?? { name, color: 'ededed', description: '' });
}
