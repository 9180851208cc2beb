import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Blueprint } from '../../src/config/blueprint.ts';
import { UserError } from '../../src/lib/errors.ts';
import { kindOfChange, refusedRun, unchangedRun } from '../../src/runs/end-run.ts';
import { gatherBlueprints, isBlueprintFile } from '../../src/runs/gather-blueprints.ts';

const file = (path: string, text = 'steps: [{ role: planner }]\n') => ({ path, text });

describe('the blueprints of a repository', () => {
  it('are the built-in ones, those of files, and those of the configuration, which goes before', () => {
    const own = Blueprint.parse({ about: 'mine', steps: [{ run: 'true' }] });
    const all = gatherBlueprints({ fix: own }, [
      file('.courier/blueprints/fix.yml'),
      file('.courier/blueprints/docs.yaml'),
    ]);
    expect(all.get('fix')).toBe(own);
    expect(all.get('docs')?.steps).toMatchObject([{ role: 'planner', when: 'always', retries: 1 }]);
    expect([...all.keys()].toSorted()).toEqual(['docs', 'fix', 'spec', 'test-first', 'triage']);
  });

  it('leave out reviewers that nobody wants, where they are built in', () => {
    const own = Blueprint.parse({ steps: [{ role: 'implementer' }, { role: 'judge' }] });
    const all = gatherBlueprints({ mine: own }, [], { judge: false, evaluator: false });
    const roles = (name: string) => all.get(name)?.steps.flatMap((step) => ('role' in step ? step.role : []));
    expect([roles('fix'), roles('spec')]).toEqual([['implementer'], ['planner', 'implementer']]);
    expect(roles('mine')).toEqual(['implementer', 'judge']);
    const judged = gatherBlueprints({}, [], { judge: true, evaluator: false });
    expect(judged.get('fix')?.steps.at(-1)).toMatchObject({ role: 'judge' });
  });

  it('say file, line and field of a mistake', () => {
    const text = 'about: x\nsteps:\n  - rolle: planner\n';
    expect(() => gatherBlueprints({}, [file('.courier/blueprints/a.yml', text)])).toThrow(
      /^\.courier\/blueprints\/a\.yml:3: steps\[0\]/,
    );
    const fixture = (name: string) => readFileSync(new URL(`../fixtures/config/${name}`, import.meta.url), 'utf8');
    const told = fixture('wrong-steps.txt').trimEnd().replace(/^/gm, '.courier/blueprints/a.yml:');
    expect(() => gatherBlueprints({}, [file('.courier/blueprints/a.yml', fixture('wrong-steps.yml'))])).toThrow(
      new UserError(told),
    );
    expect(() => gatherBlueprints({}, [file('.courier/blueprints/a.yml', 'steps: [')])).toThrow(
      /^\.courier\/blueprints\/a\.yml:1/,
    );
    expect(() => gatherBlueprints({}, [file('.courier/blueprints/1 a.yml')])).toThrow(
      'a blueprint is called as its file',
    );
    expect(() => gatherBlueprints({}, [file('.courier/blueprints/a.yml'), file('.courier/blueprints/a.yaml')])).toThrow(
      'two files of the name a',
    );
    const many = Array.from({ length: 51 }, (_, at) => file(`.courier/blueprints/b${at}.yml`));
    expect(() => gatherBlueprints({}, many)).toThrow('50 are the most');
  });

  it.each([
    ['.courier/blueprints/a.yml', true],
    ['.courier/blueprints/a/b.yml', false],
    ['docs/.courier/blueprints/a.yml', false],
    ['.courier/blueprints/a.json', false],
  ])('%s is one: %s', (path, is) => expect(isBlueprintFile(path)).toBe(is));
});

describe('what came of a run', () => {
  it('names all reasons of a refusal', () => {
    const { outcome, why } = refusedRun([
      { kind: 'workflow', path: 'a.yml', why: 'it runs' },
      { kind: 'size', why: 'too much' },
    ]);
    expect([outcome, why]).toEqual([
      'refused',
      'None of it was pushed, because of:\n- a.yml: it runs\n- The patch: too much',
    ]);
    const many = refusedRun(Array.from({ length: 40 }, () => ({ kind: 'binary' as const, path: 'x', why: 'y' })));
    expect(many.why).toContain('and 10 more');
  });

  it('says why nothing was changed, as well as anybody said it', () => {
    expect(unchangedRun({ unchanged: 'a', summary: 'b', plan: 'c' }).why).toBe('a');
    expect(unchangedRun({ unchanged: undefined, summary: undefined, plan: 'c' }).why).toBe('c');
    expect(unchangedRun({ unchanged: undefined, summary: undefined, plan: undefined }).why).toContain(
      'did not say why',
    );
  });

  it.each([
    ['docs', [], 'docs'],
    ['fix', ['bug'], 'fix'],
    ['fix', ['Feature request'], 'feat'],
  ] as const)('%s with %j is a %s', (blueprint, labels, kind) => expect(kindOfChange(blueprint, labels)).toBe(kind));
});
