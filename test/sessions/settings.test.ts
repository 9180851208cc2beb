import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { type Overrides, resolveSettings, withoutAgent } from '../../src/sessions/settings.ts';

const configured =
  'scans:\n  security: { prompt: "Find holes.", paths: ["src/**"], labels: [security] }\n  speed: { prompt: "Find waits." }\n';

const settings = (yaml: string, overrides: Overrides = {}, { hasModelKey = true, strict = true } = {}) =>
  resolveSettings(parseConfig(yaml, 'courier.yml'), overrides, { hasModelKey, strict });

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

  it('says which agent tools and sandboxes this version does not offer', () => {
    expect(() => settings('', { agent: 'codex' })).toThrow(/codex is not offered/);
    expect(() => settings('', { prompt: 'x', sandbox: 'e2b' })).toThrow(/e2b is not offered/);
  });

  it('lets inputs override the configuration, but not outlast its time limit', () => {
    const yaml = 'sandbox: { timeoutMs: 600000 }\nissueAgent: { maxIterations: 5 }\n';
    const resolved = settings(yaml, { prompt: 'x', maxIterations: 9, timeoutMinutes: 60 });
    expect(resolved.agent.maxIterations).toBe(9);
    expect(resolved.timeoutMs).toBe(600_000);
  });
});
