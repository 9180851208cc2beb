import type { Command } from '../commands/command.ts';
import { ignore, pause, setPriority, unignore, unpause, whyNotFiled } from '../commands/decide-finding.ts';
import { archive, rate, rename } from '../commands/decide-session.ts';
import type { Answer, CommandContext, Executors } from '../commands/executor.ts';
import { renderHelp } from '../commands/render-help.ts';
import { tellOne, tellSessions, tellStatus } from '../commands/tell-status.ts';
import { type Verb, verbs } from '../commands/verbs.ts';
import { renderRequest } from '../events/request.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { safe } from '../publishing/safe-text.ts';
import type { GitHub } from './ports.ts';

export type DispatchPlace = {
  github: Pick<GitHub, 'workflows' | 'repository' | 'ledger'>;
  /** The file's name below `.github/workflows`. */
  workflow: string;
};

/** The commands that this version follows. What takes a checkout or an agent is handed to a workflow, as a pointer at the comment. */
export function createExecutors(place: DispatchPlace): Executors {
  const dispatched = (context: CommandContext) => dispatch(context, place);
  const executors: Executors = {
    help: {
      kind: 'change',
      change: (_, { place: where, gate }) => ({
        answer: { outcome: 'done', say: renderHelp(where, { offered: offeredBy(executors), gate }) },
      }),
    },
    status: { kind: 'change', change: tellStatus },
    sessions: { kind: 'change', change: tellSessions },
    show: { kind: 'change', change: tellOne },
    ignore: { kind: 'change', change: ignore },
    unignore: { kind: 'change', change: unignore },
    priority: { kind: 'change', change: setPriority },
    rate: { kind: 'change', change: rate },
    rename: { kind: 'change', change: rename },
    archive: { kind: 'change', change: archive },
    pause: { kind: 'change', change: pause },
    unpause: { kind: 'change', change: unpause },
    scan: { kind: 'act', act: (_, context) => dispatched(context) },
    verify: { kind: 'act', act: (_, context) => dispatched(context) },
    file: {
      kind: 'act',
      act: async ({ findings }, context) => {
        const refused = whyNotFiled(findings, context, await readNow(context, place));
        return refused ? refused.answer : dispatched(context);
      },
    },
  };
  return executors;
}

/** Where the configuration cannot be read, nobody knows who may what: each command is answered with the reason. */
export function executorsWithout(problem: string): Executors {
  const act = async (_: Command, { gate }: CommandContext): Promise<Answer> => ({
    outcome: 'failed',
    say: safe`Nothing was done, as the configuration cannot be read. ${gate.block(problem)}`,
  });
  return Object.fromEntries(verbs.map((verb) => [verb, { kind: 'act', act }] as const));
}

export function offeredBy(executors: Executors): ReadonlySet<Verb> {
  return new Set(verbs.filter((verb) => executors[verb] !== undefined));
}

async function readNow({ config }: CommandContext, { github }: DispatchPlace) {
  const { id } = await github.repository();
  return readLedger(await github.ledger(config.ledger.branch).read(), { repositoryId: id });
}

/**
 * Starts the repository's workflow on the default branch, which reads comment, words and permission anew. A second start for the same command,
 * after a crash, does nothing: `takeRequest` lets one run have it.
 */
async function dispatch(
  { issue, mandate, index, gate }: CommandContext,
  { github, workflow }: DispatchPlace,
): Promise<Answer> {
  const { defaultBranch, url } = await github.repository();
  // Without a head: what looks at the default branch looks at it as it is then.
  const { comment, digest } = mandate;
  const pointer = { version: 1, kind: 'command', issue, comment, index, digest } as const;
  const started = await github.workflows.dispatch(workflow, { branch: defaultBranch, request: renderRequest(pointer) });
  if ('missing' in started) {
    const say = safe`The workflow ${gate.codeSpan(`.github/workflows/${workflow}`)} could not be started on ${gate.codeSpan(defaultBranch)} (${gate.inline(started.missing)}): it has to be there, switched on, and take the input \`request\` of \`workflow_dispatch\`.`;
    return { outcome: 'failed', say };
  }
  const run = started.run === undefined ? safe`A run` : gate.link(safe`A run`, `${url}/actions/runs/${started.run}`);
  return {
    outcome: 'started',
    say: safe`${run} of the workflow ${gate.codeSpan(workflow)} does it.`,
    run: started.run,
  };
}
