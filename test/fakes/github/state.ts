import { commitFiles, type GitObjects } from './git-objects.ts';
import type { Person, StoredReaction } from './person.ts';
import type { StoredPull } from './pull-state.ts';

export type { Person, StoredReaction };

export type Level = 'read' | 'write';

/** What a token may do: an app's permissions (`GITHUB_TOKEN`, installation), or a person's role in every repository. */
export type Token = Person & {
  permissions?: Readonly<Record<string, Level>>;
  role?: Role;
  /** `owner/name` of the repositories that it sees; all where there is no list. */
  repositories?: readonly string[];
  /** The app itself, by its JWT: for `/app` only. */
  app?: true;
};

export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export type StoredLabel = { id: number; name: string; color: string; description: string | null };

export type StoredComment = {
  id: number;
  body: string;
  author: Person;
  createdAt: string;
  updatedAt: string;
  reactions: StoredReaction[];
  /** The slug of an app that wrote it in a person's name. */
  viaApp?: string;
};

export type StoredRun = {
  id: number;
  /** The file below `.github/workflows`. */
  workflow: string;
  event: string;
  branch: string;
  commit: string;
  inputs: Readonly<Record<string, string>>;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  attempt: number;
  actor: Person;
  attemptBy: Person;
  createdAt: string;
  updatedAt: string;
  /** Of its jobs' check runs. */
  suite?: number;
};

/** A file that a run keeps. */
export type StoredArtifact = { id: number; run: number; name: string; bytes: number; expired: boolean };

export type StoredCheckRun = {
  id: number;
  name: string;
  commit: string;
  status: string;
  conclusion: string | null;
  externalId: string;
  /** The slug of the app that made it. */
  app: string;
  output: unknown;
  actions: readonly unknown[];
  /** The suite that it is part of; absent: one of its own. */
  suite?: number;
  annotations?: readonly { path: string; start_line: number; annotation_level: string; message: string }[];
};

/** A push, or another way in which a branch got a commit. */
export type StoredActivity = { ref: string; before: string; after: string; actor: string };

/** What the timeline shows; newest last. */
export type StoredEvent = { at: string; actor: Person } & (
  | { kind: 'closed'; closer?: Closer | undefined }
  | { kind: 'reopened' }
  | { kind: 'labeled'; label: string }
  | { kind: 'duplicate'; canonical: number }
  | { kind: 'renamed' }
);

/** What closed an issue besides a hand. `repository`: where it is, if elsewhere. */
export type Closer =
  | { type: 'PullRequest'; number: number; merged: boolean; commit: string | null; repository?: string }
  | { type: 'Commit'; commit: string; repository?: string }
  | { type: 'ProjectV2' };

export type StoredIssue = {
  id: number;
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  labels: string[];
  assignees: string[];
  locked: boolean;
  author: Person;
  closedBy: Person | undefined;
  closedAt: string | undefined;
  events: StoredEvent[];
  comments: StoredComment[];
  reactions: StoredReaction[];
  createdAt: string;
  updatedAt: string;
  /** When its text was changed last. */
  editedAt?: string;
  /** GitHub lists pull requests among the issues. */
  pullRequest: boolean;
  /** A pull request's newest commit; its branch's where it has one, or the default branch's. */
  head?: string;
  pull?: StoredPull;
  /** What a pull request changes, as GitHub lists it. */
  files: { filename: string; status: string; additions: number; patch?: string }[];
  /** Branches that were made at it. */
  linkedBranches?: string[];
  /** `owner/name` where it lives now. */
  transferredTo: string | undefined;
  deleted: boolean;
};

export type StoredAdvisory = {
  id: string;
  summary: string;
  description: string;
  severity: string | null;
  cwes: string[];
  packages: unknown;
  state: 'draft' | 'triage' | 'published' | 'closed' | 'withdrawn';
  /** Somebody reported it from outside. */
  reported: boolean;
};

export type RepositorySeed = {
  /** `owner/name`. */
  name: string;
  visibility?: 'public' | 'private' | 'internal';
  defaultBranch?: string;
  /** Committed to the default branch; an empty object leaves the repository without any commit. */
  files?: Readonly<Record<string, string>>;
  labels?: readonly string[];
  /** Roles of people, by login. */
  collaborators?: Readonly<Record<string, Role>>;
  hasIssues?: boolean;
  /** What pull requests may be; `none`: they are switched off. */
  pulls?: 'all' | 'no-drafts' | 'none';
  /** The setting of the repository for workflows' own token. */
  actionsMayOpenPulls?: boolean;
  codeScanning?: boolean;
  /** Branches (`refs/heads/` left out) that a ruleset protects, and the rule's sentence. */
  rules?: Readonly<Record<string, string>>;
  /** Whether tokens may link branches to issues. */
  linksBranches?: boolean;
};

export type RepositoryState = {
  id: number;
  owner: string;
  name: string;
  fullName: string;
  visibility: 'public' | 'private' | 'internal';
  defaultBranch: string;
  collaborators: Readonly<Record<string, Role>>;
  hasIssues: boolean;
  pulls: 'all' | 'no-drafts' | 'none';
  /** How many entries GitHub lists of a tree in one answer; all of them where it is absent. */
  longestTree?: number;
  actionsMayOpenPulls: boolean;
  codeScanning: boolean;
  rules: Readonly<Record<string, string>>;
  linksBranches: boolean;
  labels: StoredLabel[];
  issues: StoredIssue[];
  /** `refs/heads/main` to a commit. */
  refs: Map<string, string>;
  objects: GitObjects;
  /** Uploaded SARIF, unpacked. */
  sarifs: { commit: string; ref: string; sarif: unknown }[];
  advisories: StoredAdvisory[];
  runs: StoredRun[];
  artifacts: StoredArtifact[];
  checkRuns: StoredCheckRun[];
  /** Newest last. */
  activity: StoredActivity[];
};

let lastId = 1000;
export function nextId(): number {
  lastId += 1;
  return lastId;
}

export function createRepository(seed: RepositorySeed): RepositoryState {
  const [owner = '', name = ''] = seed.name.split('/');
  const state: RepositoryState = {
    id: nextId(),
    owner,
    name,
    fullName: seed.name,
    visibility: seed.visibility ?? 'private',
    defaultBranch: seed.defaultBranch ?? 'main',
    collaborators: seed.collaborators ?? {},
    hasIssues: seed.hasIssues ?? true,
    pulls: seed.pulls ?? 'all',
    actionsMayOpenPulls: seed.actionsMayOpenPulls ?? true,
    codeScanning: seed.codeScanning ?? true,
    rules: seed.rules ?? {},
    linksBranches: seed.linksBranches ?? true,
    labels: [],
    issues: [],
    refs: new Map(),
    objects: new Map(),
    sarifs: [],
    advisories: [],
    runs: [],
    artifacts: [],
    checkRuns: [],
    activity: [],
  };
  for (const label of seed.labels ?? []) addLabel(state, label);
  const files = seed.files ?? { 'README.md': `# ${name}\n` };
  if (Object.keys(files).length > 0) {
    const commit = commitFiles(state.objects, { files, message: 'initial commit', parents: [], author: owner });
    state.refs.set(`refs/heads/${state.defaultBranch}`, commit);
  }
  return state;
}

export function findLabel(repository: RepositoryState, name: string): StoredLabel | undefined {
  return repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

/** The label of that name, whatever its case; made when it is missing, as GitHub does when an issue gets an unknown one. */
export function addLabel(repository: RepositoryState, name: string, color = 'ededed', description = ''): StoredLabel {
  const known = findLabel(repository, name);
  if (known) return known;
  const label = { id: nextId(), name, color, description: description || null };
  repository.labels.push(label);
  return label;
}

export type NewIssueSeed = Partial<Omit<StoredIssue, 'author'>> & { author?: Person };

export function addIssue(repository: RepositoryState, seed: NewIssueSeed): StoredIssue {
  const now = new Date().toISOString();
  const issue: StoredIssue = {
    id: nextId(),
    number: repository.issues.reduce((most, { number }) => Math.max(most, number), 0) + 1,
    title: 'An issue',
    body: '',
    state: 'open',
    stateReason: null,
    assignees: [],
    locked: false,
    closedBy: undefined,
    closedAt: seed.state === 'closed' ? now : undefined,
    events: [],
    comments: [],
    reactions: [],
    createdAt: now,
    updatedAt: now,
    pullRequest: false,
    files: [],
    transferredTo: undefined,
    deleted: false,
    ...seed,
    author: seed.author ?? { login: 'octocat', type: 'User' },
    labels: (seed.labels ?? []).map((name) => addLabel(repository, name).name),
  };
  repository.issues.push(issue);
  return issue;
}
