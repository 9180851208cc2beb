import { findManagedBlock, renderManagedBlock } from '../findings/issue-markers.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { type RepositoryFacts, renderConfiguration } from './render-configuration.ts';
import { renderWorkflow } from './render-workflow.ts';

export const configurationFile = '.github/courier.yml';

/** Which of the two files the default branch has. */
export type SetupState = { workflow: boolean; configuration: boolean };

export type SetupRequest = {
  state: SetupState;
  /** `owner/name` */
  repository: string;
  /** Of the repository, where it is shown. */
  url: string;
  defaultBranch: string;
  /** File name of the workflow, below `.github/workflows/`. */
  workflow: string;
  facts: RepositoryFacts;
};

const action = 'codecourier/courier@v1';
const gap = safe`\n\n`;
const marker = /^<!-- courier:setup (workflow|no-workflow) (configuration|no-configuration) -->[ \t]*\r?$/m;

/**
 * What a repository is told that has the app and no workflow yet: two links to GitHub's own page for a new file, filled in. It stands in the
 * managed block of the dashboard, whose issue this is to become.
 */
export function renderSetup(request: SetupRequest, gate: Gate): SafeText {
  const { state, url, workflow, repository, facts } = request;
  const [, name = ''] = repository.split('/');
  const workflowFile = `.github/workflows/${workflow}`;
  const workflowText = renderWorkflow({ uses: action, name });
  const steps = [
    step(state.workflow, newFile(request, workflowFile, workflowText), {
      file: gate.codeSpan(workflowFile),
      why: safe`starts Courier: on a schedule, by hand and when somebody asks for it in a comment`,
      gate,
    }),
    step(state.configuration, newFile(request, configurationFile, renderConfiguration(facts)), {
      file: gate.codeSpan(configurationFile),
      why: safe`says what to look for, with comments; without it the checks run that need no key`,
      gate,
    }),
  ];
  const text = joinSafe(
    [
      safe`<!-- courier:setup ${safe`${word(state.workflow)}workflow`} ${safe`${word(state.configuration)}configuration`} -->`,
      state.workflow
        ? safe`The workflow is there. What Courier finds will stand here after the first scan, which starts on its schedule, by ${gate.link(safe`Run workflow`, `${url}/actions/workflows/${workflow}`)}, or when somebody with write access comments ${gate.codeSpan('/courier scan')}.`
        : safe`The Courier app is installed, and works as soon as this repository has its workflow. An app may not write workflows: the links open GitHub's page for a new file, filled in. Read it, then commit it to the default branch.`,
      joinSafe(steps, safe`\n`),
      safe`For scans by an agent add the secret ${gate.codeSpan('ANTHROPIC_API_KEY')} under ${gate.link(safe`Settings, Secrets and variables, Actions`, `${url}/settings/secrets/actions`)}; without it the keyless checks run. It stays in this repository: the app never sees it.`,
      safe`This issue becomes the dashboard with the first scan. Not wanted? Close it, and it stays closed.`,
    ],
    gap,
  );
  return renderManagedBlock('dashboard', text, gate);
}

/** What a body says that it was written for; `undefined` where it is no setup, or has become the dashboard. */
export function readSetupState(body: string): SetupState | undefined {
  const block = findManagedBlock(body);
  const found = block?.about === 'dashboard' ? marker.exec(body.slice(block.start, block.end)) : null;
  return found ? { workflow: found[1] === 'workflow', configuration: found[2] === 'configuration' } : undefined;
}

function word(isThere: boolean): SafeText {
  return isThere ? safe`` : safe`no-`;
}

function step(
  isDone: boolean,
  address: string,
  { file, why, gate }: { file: SafeText; why: SafeText; gate: Gate },
): SafeText {
  return isDone ? safe`- ✅ ${file} is there` : safe`- ${gate.link(safe`Create ${file}`, address)}: ${why}`;
}

/** GitHub answers longer addresses with an error. Somewhat less than the 8 KiB that web servers commonly take. */
const longestAddress = 7500;

/** GitHub's page for a new file, filled in; without the comments where they make the address too long. */
function newFile({ url, defaultBranch }: SetupRequest, path: string, text: string): string {
  const branch = defaultBranch.split('/').map(encodeURIComponent).join('/');
  const address = (value: string) =>
    `${url}/new/${branch}?filename=${encodeURIComponent(path)}&value=${encodeURIComponent(value)}`;
  const whole = address(text);
  return whole.length <= longestAddress ? whole : address(withoutComments(text));
}

function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*#.*\n/gm, '').replaceAll(/\n{3,}/g, '\n\n');
}
