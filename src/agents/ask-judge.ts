import { messageOf } from '../lib/errors.ts';
import type { AgentEvent } from './agent.ts';
import { createFence } from './fence.ts';
import {
  decideTool,
  type IdentityQuestion,
  type JudgeAnswer,
  judgeSystem,
  readDecision,
  renderQuestion,
} from './judge-prompt.ts';
import { type Model, type ModelTurn, textOf, toolUsesOf } from './model.ts';
import { ModelError } from './model-error.ts';
import { costOf, ratesOf } from './prices.ts';
import { takeTurn } from './take-turn.ts';
import { noUsage, type Usage } from './usage.ts';
import { wait as realWait, type Wait } from './wait.ts';

/** `answers`: one for each pair, in their order; `without`: why there are none, a clause. */
export type Judged = ({ answers: readonly JudgeAnswer[] } | { without: string }) & {
  usage: Usage;
  costUsd: number | undefined;
};

// Enough to think about forty pairs; the answer itself is short.
const maxTokens = 12_000;
// Texts of code have about three characters to a token; too many here costs nothing.
const charactersPerToken = 2.5;

export type JudgeOptions = {
  model: Model;
  /** The model's id, and how hard it thinks. */
  settings: { model: string; effort: 'low' | 'medium' | 'high' | 'max'; maxTokens: number };
  /** Dollars that are left; absent where a price is not known. */
  leftUsd: number | undefined;
  signal: AbortSignal;
  onEvent: (event: AgentEvent) => void;
  wait?: Wait;
};

/**
 * Asks a model once about all pairs. It never throws for what a model or its service may do: then there is no answer, and why. The call is
 * not made where its worst case would be beyond what is left of the budget.
 */
export async function askJudge(pairs: readonly IdentityQuestion[], options: JudgeOptions): Promise<Judged> {
  const { model, settings, signal, onEvent, wait = realWait } = options;
  const question = renderQuestion(pairs, createFence());
  const nothing = { usage: noUsage, costUsd: 0 };
  const tokens = Math.min(maxTokens, settings.maxTokens);
  if (!isAffordable(question, { ...options, tokens })) return { ...nothing, without: 'the budget was used up' };
  const lost: Usage[] = [];
  const spent = (usages: readonly Usage[]) => ({ usage: sum(usages), costUsd: costOfAll(settings.model, usages) });
  try {
    const turn = await takeTurn(
      {
        model: settings.model,
        system: [judgeSystem],
        tools: [decideTool],
        messages: [{ role: 'user', content: [{ type: 'text', text: question }] }],
        maxTokens: tokens,
        effort: settings.effort,
      },
      { model, signal, wait, onEvent, onLoss: (usage) => lost.push(usage) },
    );
    const answers = answersOf(turn, pairs.length);
    const cost = spent([...lost, turn.usage]);
    return answers ? { ...cost, answers } : { ...cost, without: 'the model gave no answer that could be read' };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const why =
      error.kind === 'aborted' ? 'there was no time left' : `the model could not be asked: ${messageOf(error)}`;
    return { ...spent(lost), without: why };
  }
}

/** By the tool, or, where the model wrote it down instead, as JSON. */
function answersOf(turn: ModelTurn, pairs: number): JudgeAnswer[] | undefined {
  if (turn.stop.reason === 'max-tokens' || turn.stop.reason === 'refusal') return undefined;
  const use = toolUsesOf(turn.content).find(({ name }) => name === decideTool.name);
  return readDecision(use ? use.input : parse(textOf(turn.content)), pairs);
}

function parse(text: string): unknown {
  const json = /\{[\s\S]*\}/.exec(text)?.[0] ?? '';
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isAffordable(question: string, { settings, leftUsd, tokens }: JudgeOptions & { tokens: number }): boolean {
  if (leftUsd === undefined) return true;
  const prompt = Math.ceil((question.length + judgeSystem.length) / charactersPerToken) + 1_000;
  const rates = ratesOf(settings.model, prompt);
  return !rates || (prompt * rates.cacheWrite + tokens * rates.output) / 1_000_000 <= leftUsd;
}

function sum(usages: readonly Usage[]): Usage {
  return usages.reduce(
    (a, b) => ({
      inputTokens: a.inputTokens + b.inputTokens,
      outputTokens: a.outputTokens + b.outputTokens,
      cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
      cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    }),
    noUsage,
  );
}

function costOfAll(model: string, usages: readonly Usage[]): number | undefined {
  return usages.reduce<number | undefined>((total, usage) => {
    const cost = costOf(model, usage);
    return total === undefined || cost === undefined ? undefined : total + cost;
  }, 0);
}
