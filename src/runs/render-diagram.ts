import type { BlueprintStep } from '../config/blueprint.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { StepRecord, Walk } from './walk.ts';

/** How a step is called: its name, else who does it or what it asks for. */
export function nameStep(step: BlueprintStep): string {
  if (step.name !== undefined) return step.name;
  if ('role' in step) return step.role;
  return 'run' in step ? step.run : step.verify;
}

type State = 'waiting' | 'running' | 'done' | 'failed' | 'passed-over';

/** How far each step is: what became of it the last time. Of those behind the one that is under way only an end in this round counts. */
export function stateOf(index: number, walk: Walk): State {
  const round = walk.at(-1)?.round ?? 1;
  const own = walk.findLast(({ step }) => step === index);
  if (!own || isBehind(own, { round, walk })) return 'waiting';
  if (!own.ended) return 'running';
  if (own.ended.end === 'passed-over') return 'passed-over';
  return own.ended.end === 'done' ? 'done' : 'failed';
}

function isBehind(own: StepRecord, { round, walk }: { round: number; walk: Walk }): boolean {
  const now = walk.at(-1)?.step ?? 0;
  return own.round < round && own.step > now;
}

/**
 * The blueprint as a flow chart that GitHub draws, with how far each step is. A command stands in it as a name of letters, digits and hyphens, so that
 * nothing of it is a sign of Mermaid's.
 */
export function renderDiagram(steps: readonly BlueprintStep[], walk: Walk, gate: Gate): SafeText {
  const nodes = steps.map((step, index) => {
    const [name, state] = [gate.branch(nameStep(step)), classes[stateOf(index, walk)]];
    const label = name === '' ? safe`step` : name;
    return 'role' in step ? safe`  s${index}["${label}"]:::${state}` : safe`  s${index}{{"${label}"}}:::${state}`;
  });
  const arrows = steps.slice(1).map((_, index) => safe`  s${index} --> s${index + 1}`);
  const lines = [
    safe`\`\`\`mermaid`,
    safe`flowchart LR`,
    ...nodes,
    ...arrows,
    ...returns(steps),
    ...styles,
    safe`\`\`\``,
  ];
  return joinSafe(lines, safe`\n`);
}

/** Where the work goes back to. */
function returns(steps: readonly BlueprintStep[]): SafeText[] {
  return steps.flatMap((step, index) => {
    const goesBack = !('role' in step) || step.role === 'judge';
    const to = steps.slice(0, index).findLastIndex((other) => 'role' in other && other.role === 'implementer');
    return goesBack && to !== -1 && step.retries > 0 ? [safe`  s${index} -.-> s${to}`] : [];
  });
}

const classes = {
  waiting: safe`waiting`,
  running: safe`running`,
  done: safe`done`,
  failed: safe`failed`,
  'passed-over': safe`waiting`,
} as const satisfies Record<State, SafeText>;

const styles = [
  safe`  classDef waiting stroke-dasharray: 4`,
  safe`  classDef running stroke:#1d76db,stroke-width:3px`,
  safe`  classDef done stroke:#0e8a16`,
  safe`  classDef failed stroke:#b60205`,
];
