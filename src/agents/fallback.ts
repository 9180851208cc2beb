import { oneLine, truncate } from '../lib/text.ts';
import type { AgentEnding } from './ending.ts';
import type { LoopState } from './loop-state.ts';
import type { Stop } from './model.ts';
import type { Reply } from './position.ts';

/**
 * The model that is asked once where another one refused. Security work meets the classifiers of the newest generation, which decline benign
 * work too; the vendor's own recommendation for that is a model of the generation before them. One of the same price class where there is one.
 */
const fallbacks: Readonly<Record<string, string>> = {
  'claude-fable-5-2': 'claude-opus-4-8',
  'claude-mythos-5-2': 'claude-opus-4-8',
  'claude-fable-5-1': 'claude-opus-4-8',
  'claude-mythos-5-1': 'claude-opus-4-8',
  'claude-fable-5': 'claude-opus-4-8',
  'claude-mythos-5': 'claude-opus-4-8',
  'claude-mythos-preview': 'claude-opus-4-8',
  'claude-opus-5-5': 'claude-opus-4-8',
  'claude-opus-5': 'claude-opus-4-8',
  'claude-sonnet-5-5': 'claude-sonnet-4-6',
  'claude-sonnet-5': 'claude-sonnet-4-6',
  'claude-haiku-5-5': 'claude-sonnet-4-6',
  'claude-opus-4-8': 'claude-opus-4-6',
  'claude-opus-4-7': 'claude-opus-4-6',
  'claude-opus-4-6': 'claude-sonnet-4-6',
};

/** `undefined` for the oldest models, and for an id that is not the vendor's: nobody knows what a gateway offers beside it. */
function fallbackOf(model: string): string | undefined {
  return Object.hasOwn(fallbacks, model) ? fallbacks[model] : undefined;
}

/**
 * Goes on with another model where one refused, once in a session: it gets the same transcript. The transcript keeps the first one's thinking,
 * which the service leaves out for a model that cannot read it.
 *
 * @returns the session's ending where there is nobody left to ask
 */
export async function fallBack(state: LoopState, { stop }: Reply): Promise<AgentEnding | undefined> {
  const said = `${state.modelId} refused to go on${detailsOf(stop)}`;
  const fallback = fallbackOf(state.modelId);
  if (state.refusal) return { ending: 'refused', reason: `${state.refusal.said} ${said}` };
  if (!fallback) return { ending: 'refused', reason: said };
  state.refusal = { model: state.modelId, said };
  state.modelId = fallback;
  state.compaction = state.model.contextOf(fallback).compacts ? state.compaction : 'own';
  state.onEvent({ type: 'notice', text: `${said} ${fallback} is asked in its place.` });
  return undefined;
}

function detailsOf(stop: Stop): string {
  if (stop.reason !== 'refusal') return '.';
  const category = stop.category ? ` (category ${stop.category})` : '';
  const explanation = stop.explanation ? `: ${truncate(oneLine(stop.explanation), 500)}` : '.';
  return `${category}${explanation}`;
}
