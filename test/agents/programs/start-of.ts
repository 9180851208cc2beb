import type { ProgramPlace, ProgramRun } from '../../../src/agents/programs/program.ts';

export const aPlace: ProgramPlace = {
  command: ['/opt/courier/program'],
  home: '/home/user/.courier-agent',
  workspace: '/home/user/repo',
  api: { url: 'http://127.0.0.1:8787', token: 'token-of-session' },
  toolsUrl: 'http://127.0.0.1:8787/mcp',
};

export function aRun(overrides: Partial<ProgramRun> = {}): ProgramRun {
  return {
    system: 'The system.',
    message: 'The message.',
    thread: undefined,
    model: 'a-model',
    effort: 'high',
    maxTokens: 32_000,
    maxCalls: 40,
    budgetUsd: 5,
    silenceMs: 90_000,
    tools: [],
    ...overrides,
  };
}
