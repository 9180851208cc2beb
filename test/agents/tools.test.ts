import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { toolInputs } from '../../src/agents/tool-inputs.ts';
import { toolSpecsFor, understandInput } from '../../src/agents/tools.ts';
import { aFinding } from './scripted-session.ts';

const toolSpecs = toolSpecsFor({});
const ajv = new Ajv.default({ strict: false });
const schemaOf = (name: string) => toolSpecs.find((tool) => tool.name === name)?.inputSchema ?? {};

describe('the tools', () => {
  it('are the six of the contract, in a fixed order', () => {
    expect(toolSpecs.map(({ name }) => name)).toEqual([
      'bash',
      'report_finding',
      'update_finding',
      'ask_question',
      'record_assumption',
      'finish',
    ]);
  });

  it('have schemas that are JSON Schema of an object, closed, and every field of theirs is explained or a closed list', () => {
    for (const { name, inputSchema } of toolSpecs) {
      expect(ajv.validateSchema(inputSchema), name).toBe(true);
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    }
    expect(schemaOf('report_finding').required).toEqual(['title', 'description', 'priority', 'category']);
    expect(schemaOf('update_finding').required).toEqual(['id']);
  });

  it.each([
    [{ ...aFinding }, true],
    [
      {
        ...aFinding,
        known: 'F-abcd2345',
        confidence: 0.9,
        reproduce: { command: 'npm test', present: { exitCode: 1 } },
      },
      true,
    ],
    [{ ...aFinding, evidence: [{ path: 'a.ts' }] }, false],
    [{ title: 'x' }, false],
    ['text', false],
  ])('accept what their schema accepts and nothing else: %j', (input, fits) => {
    const understood = understandInput({ name: 'report_finding', schema: toolInputs.report_finding }, input);
    expect('input' in understood).toBe(fits);
    expect(ajv.validate(schemaOf('report_finding'), input)).toBe(fits);
  });

  it.each([
    [{ priority: 'P0' }, { priority: 'critical' }],
    [{ priority: undefined, severity: 'blocker' }, { priority: 'critical' }],
    [{ priority: undefined }, { priority: 'medium' }],
    [{ category: 'xss' }, { category: 'security' }],
    [
      { category: undefined, cwe: 'CWE-89' },
      { category: 'security', cwe: 'CWE-89' },
    ],
    [{ confidence: 90 }, { confidence: 0.9 }],
    [{ impact: 'large' }, {}],
    [
      { evidence: { file: 'a.ts', line: 3, code: 'a()' } },
      { evidence: [{ path: 'a.ts', startLine: 3, quote: 'a()' }] },
    ],
    [{ reproduce: 'npm test' }, { reproduce: { command: 'npm test' } }],
  ])('put right what does no harm: %j', (over, expected) => {
    const given = JSON.parse(JSON.stringify({ ...aFinding, ...over }));
    const understood = understandInput({ name: 'report_finding', schema: toolInputs.report_finding }, given);
    expect(understood).toMatchObject({ input: expected });
    expect(understood).not.toHaveProperty('input.impact');
  });

  it('refuse paths that lead out of the repository', () => {
    for (const path of ['/etc/passwd', '../x', 'a/../../x', '.git/config', '']) {
      const input = { ...aFinding, location: { path } };
      expect(understandInput({ name: 'report_finding', schema: toolInputs.report_finding }, input)).toHaveProperty(
        'refused',
      );
    }
  });
});

describe('the tools of an investigation', () => {
  it('are a shell, the checks, the answer and the end: it reports nothing', () => {
    expect(toolSpecsFor({ kind: 'ask' }).map(({ name }) => name)).toEqual(['bash', 'run_check', 'answer', 'finish']);
    for (const { name, inputSchema } of toolSpecsFor({ kind: 'ask' }))
      expect(ajv.validateSchema(inputSchema), name).toBe(true);
  });

  it.each([
    [{ finding: 'F-abcd2345' }, true],
    [{ path: 'src/app.ts', quote: 'open();' }, true],
    [{ session: 'S20261121-213119-ab12' }, true],
    ['F-abcd2345', true],
    [{ file: 'src/app.ts', line: 3, code: 'open();' }, true],
    [{ path: 'src/app.ts' }, false],
    [{ quote: 'open();' }, false],
    [{ finding: 'F-abcd2345', path: 'src/app.ts', quote: 'open();' }, false],
    [{ path: '../secrets', quote: 'x' }, false],
    [{}, false],
  ])('take a citation of one thing: %j', (citation, fits) => {
    const input = { text: 'Because [1].', citations: [citation] };
    expect('input' in understandInput({ name: 'answer', schema: toolInputs.answer }, input)).toBe(fits);
  });
});
