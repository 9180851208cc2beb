import type { GatewayVendor } from '../../sandboxes/gateway.ts';
import type { ProgramName } from '../../sandboxes/program-package.ts';
import { defaultModel } from '../prices.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { geminiCli } from './gemini.ts';
import { openCode } from './opencode.ts';
import type { Program } from './program.ts';

const programs = {
  'claude-code': claudeCode,
  codex,
  opencode: openCode,
  gemini: geminiCli,
} as const satisfies Record<ProgramName, Program>;

/** Of tools whose models are others than the built-in agent's: what they work with where nobody says. */
const usualModels: Partial<Readonly<Record<ProgramName, string>>> = {
  codex: 'gpt-6.1-sol',
  gemini: 'gemini-3.8-flash',
};

/** The agent tool of that name, if it is a program of others that this version drives. */
export function findProgram(tool: string): Program | undefined {
  return Object.values(programs).find((program) => program.tool === tool);
}

/** What works where nobody names another model: the default of the configuration is one of Anthropic. */
export function modelFor(tool: string, model: string): string {
  const usual = findProgram(tool)?.tool;
  return (model === defaultModel && usual && usualModels[usual]) || model;
}

/** Whose key the agent tool needs for that model; `undefined`: this version does not offer it. */
export function vendorFor(tool: string, model: string): GatewayVendor | undefined {
  return tool === 'anthropic' ? 'anthropic' : findProgram(tool)?.vendorOf(modelFor(tool, model));
}

/** Where people set a vendor's key: in a workflow, and on the command line. */
export const keyNames = {
  anthropic: { input: 'anthropic-api-key', variable: 'ANTHROPIC_API_KEY' },
  openai: { input: 'openai-api-key', variable: 'OPENAI_API_KEY' },
  google: { input: 'gemini-api-key', variable: 'GEMINI_API_KEY' },
} as const satisfies Record<GatewayVendor, { input: string; variable: string }>;
