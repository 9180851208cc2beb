import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { type Overrides, resolveSettings, withoutAgent } from '../../src/sessions/settings.ts';

const configured =
  'scans:\n  security: { prompt: "Find holes.", paths: ["src/**"], labels: [security] }\n  speed: { prompt: "Find waits." }\n';

const settings = (
  yaml: string,
  overrides: Overrides = {},
  { hasModelKey = true, hasE2bKey = false, strict = true } = {},
) => resolveSettings(parseConfig(yaml, 'courier.yml'), overrides, { hasModelKey, hasE2bKey, strict });

describe('the settings of a session', () => {
  it('runs the checks alone without a key', () => {
    const { scans, agent } = settings(configured, {}, { hasModelKey: false });
    expect(scans).toEqual([]);
    expect(agent.tool).toBe('none');
  });

  it('runs all configured scans, or those that are named', () => {
    expect(settings(configured).scans.map(({ name }) => name)).toEqual(['security', 'speed']);
    expect(settings(configured, { scan: ['speed'] }).scans.map(({ name }) => name)).toEqual(['speed']);
  });

  it('leaves the checks of a step that has a prompt, where no agent may run', () => {
    const step: Overrides = { prompt: 'Find holes.', scan: ['security'], agent: 'anthropic', failOn: 'high' };
    expect(settings(configured, withoutAgent(step), { hasModelKey: false })).toMatchObject({
      scans: [],
      failOn: 'high',
      agent: { tool: 'none' },
    });
  });

  it('names the scan that was probably meant', () => {
    expect(() => settings(configured, { scan: ['securty'] })).toThrow(/Did you mean security\?/);
  });

  it('lets a prompt stand in for the configured scans', () => {
    expect(settings(configured, { prompt: 'Look here.', paths: ['lib/**'] }).scans).toEqual([
      { name: 'prompt', prompt: 'Look here.', paths: ['lib/**'] },
    ]);
  });

  it('refuses an agent without a key, and a prompt without an agent', () => {
    expect(() => settings('', { agent: 'anthropic' }, { hasModelKey: false })).toThrow(/anthropic-api-key/);
    expect(() => settings('', { prompt: 'x' }, { hasModelKey: false })).toThrow(/needs an agent/);
  });

  it('refuses a step with a key and nothing to scan for, and remarks on it on the command line', () => {
    expect(() => settings('')).toThrow(/nothing to look for/);
    expect(settings('', {}, { strict: false }).notes.join()).toMatch(/Only the checks ran/);
  });

  it('lets an agent tool of others work with the key of its vendor, and says which one is missing', () => {
    expect(settings('', { agent: 'claude-code', prompt: 'x' }).agent.tool).toBe('claude-code');
    expect(settings('issueAgent: { tool: claude-code }', { prompt: 'x' }).agent.tool).toBe('claude-code');
    const keys = { hasModelKey: true, modelKeys: ['google'], strict: true } as const;
    const ofGoogle = resolveSettings(parseConfig('', 'courier.yml'), { prompt: 'x', agent: 'gemini' }, keys).agent;
    expect(ofGoogle).toMatchObject({ tool: 'gemini', model: 'gemini-3.8-flash' });
    const other = () => resolveSettings(parseConfig('', 'courier.yml'), { prompt: 'x' }, keys);
    expect(other).toThrow(/anthropic needs a key: set the input anthropic-api-key/);
    expect(() => settings('', { agent: 'codex', prompt: 'x' })).toThrow(/codex needs a key: set the input openai-api/);
  });

  it('works at E2B when its key is set or it is asked for, and never without its key', () => {
    const providerOf = (yaml: string, overrides: Overrides, hasE2bKey: boolean) =>
      settings(yaml, { prompt: 'x', ...overrides }, { hasE2bKey }).sandbox.provider;
    expect(providerOf('', {}, false)).toBe('local');
    expect(providerOf('', {}, true)).toBe('e2b');
    expect(providerOf('', { sandbox: 'auto' }, true)).toBe('e2b');
    expect(providerOf('sandbox: { provider: local }', { sandbox: 'auto' }, true)).toBe('local');
    expect(providerOf('sandbox: { provider: e2b }', { sandbox: 'local' }, true)).toBe('local');
    expect(() => providerOf('sandbox: { provider: e2b }', {}, false)).toThrow(/set the input e2b-api-key/);
    // The checks of a fork's pull request run without any key.
    expect(settings('sandbox: { provider: e2b }', { agent: 'none' }, { hasModelKey: false }).sandbox.provider).toBe(
      'local',
    );
  });

  it('gives E2B the template and the size, and says that the local sandbox has none', () => {
    const yaml = 'sandbox: { templateId: node, memoryMb: 1024 }';
    const e2b = settings(yaml, { prompt: 'x', memoryMb: 2048, cpuCount: 4 }, { hasE2bKey: true });
    expect(e2b.sandbox.size).toEqual({ templateId: 'node', memoryMb: 2048, cpuCount: 4 });
    expect(e2b.notes).toEqual([]);
    expect(settings(yaml, { prompt: 'x' }).notes).toEqual([
      'The local sandbox is not given a template: E2B alone has these.',
    ]);
  });

  it('says whether a sandbox may get the key of the model itself', () => {
    expect(settings('', { prompt: 'x' }).sandbox.modelKey).toBe('outside');
    expect(settings('sandbox: { modelKey: inside }', { prompt: 'x' }).sandbox.modelKey).toBe('inside');
  });

  it('opens hosts for the setup, and says where none can be opened', () => {
    const yaml = 'sandbox: { setup: npm ci, network: { allow: [registry.npmjs.org] } }';
    const e2b = settings(yaml, { prompt: 'x' }, { hasE2bKey: true });
    expect(e2b.sandbox.setup).toEqual({ command: 'npm ci', hosts: ['registry.npmjs.org'] });
    const anew = settings('sandbox: { setup: npm ci, keepSetup: false }', { prompt: 'x' });
    expect(anew.sandbox.setup).toEqual({ command: 'npm ci', hosts: [], fresh: true });
    expect(e2b.notes).toEqual([]);
    expect(settings(yaml, { prompt: 'x' }).notes).toEqual([]);
    const alone = settings('sandbox: { network: { allow: [a.example] } }', { prompt: 'x' });
    expect(alone.notes.join()).toContain('nothing is open');
    expect(alone.sandbox.setup).toBeUndefined();
  });

  it('lets inputs override the configuration, but not outlast its time limit', () => {
    const yaml = 'sandbox: { timeoutMs: 600000 }\nissueAgent: { maxIterations: 5 }\n';
    const resolved = settings(yaml, { prompt: 'x', maxIterations: 9, timeoutMinutes: 60 });
    expect(resolved.agent.maxIterations).toBe(9);
    expect(resolved.timeoutMs).toBe(600_000);
  });
});
