import { spawnSync } from 'node:child_process';
import { afterEach } from 'vitest';
import type { Script } from '../fakes/anthropic/script.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createGitRepository, type GitRepository } from '../fakes/git-repository.ts';
import { type GitHubDouble, type GitHubSeed, startGitHub } from '../fakes/github/github.ts';
import { importHistory } from '../fakes/github/import-history.ts';
import type { RepositorySeed } from '../fakes/github/state.ts';
import { expectSameReplay } from './expect-replay.ts';
import { runStep, type Step, type StepResult } from './run-step.ts';

/** Agent scans need the local sandbox; where it cannot start, their tests are left out by name. */
export const sandboxed = spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true']).status === 0;
export const leftOut = sandboxed ? '' : ' (left out: bubblewrap cannot start here)';

export type Bed = {
  repository: GitRepository;
  github: GitHubDouble;
  /** Commits to the repository and to the default branch on GitHub, which is the same branch. */
  push: (changes?: Readonly<Record<string, string>>) => string;
  /** `key`: what it takes as its key. */
  model: (script: Script, key?: string) => Promise<AnthropicDouble>;
  run: (step?: Partial<Step>) => Promise<StepResult>;
};

const open: { remove: () => void; close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const bed of open.splice(0)) {
    await bed.close();
    bed.remove();
  }
});

const configurationFile = '.github/courier.yml';

/** The dashboard is an issue more in every test: only those have it whose configuration speaks of it. */
function withoutDashboard(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const text = files[configurationFile] ?? '';
  return text.includes('dashboard') ? files : { ...files, [configurationFile]: `${text}dashboard: false\n` };
}

/** A repository, its twin on GitHub, and a runner for steps in it. All of it is gone after the test. */
export async function aBed(
  given: Readonly<Record<string, string>>,
  seed: Partial<RepositorySeed> = {},
  around: Pick<GitHubSeed, 'app' | 'webhooks'> = {},
): Promise<Bed> {
  const files = withoutDashboard(given);
  const repository = createGitRepository(files);
  const github = await startGitHub({ repositories: [{ name: 'acme/shop', files, ...seed }], ...around });
  const models: AnthropicDouble[] = [];
  const follow = (commit: string) => {
    importHistory(repository, github.repository());
    github.repository().refs.set('refs/heads/main', commit);
    return commit;
  };
  follow(repository.head());
  open.push({
    remove: repository.remove,
    close: async () => {
      await github.close();
      await Promise.all(models.map((model) => model.close()));
    },
  });
  return {
    repository,
    github,
    push: (changes = {}) => follow(repository.commit(changes)),
    model: async (script, key) => {
      const model = await startAnthropic({ script, ...(key === undefined ? {} : { key }) });
      models.push(model);
      return model;
    },
    run: async (step = {}) => {
      const result = await runStep({ workspace: repository.root, github, ...step });
      // A step that failed may not have come to its plan: then there is none on record.
      if (result.code === 0)
        await expectSameReplay(step.workspace ?? repository.root, result.outputs['session-path'] ?? '');
      return result;
    },
  };
}

/** What an agent scan needs besides the bed. */
export function agentStep(
  model: Pick<AnthropicDouble, 'url' | 'key'>,
  inputs: Readonly<Record<string, string>> = {},
): Pick<Step, 'inputs' | 'env'> {
  return {
    inputs: { prompt: 'Find injection flaws.', 'anthropic-api-key': model.key, ...inputs },
    env: { ANTHROPIC_BASE_URL: model.url },
  };
}
