import { z } from 'zod';
import { categories } from '../findings/category.ts';
import { priorities } from '../findings/severity.ts';
import { saidVerdicts } from '../findings/verdict-word.ts';
import { Evidence, Line, Path } from './input-fields.ts';
import { runToolInputs } from './run-tool-inputs.ts';

const Reproduce = z
  .strictObject({
    command: z
      .string()
      .min(1)
      .max(4000)
      .describe('One shell command, run from the root of the repository without a network. It must only look.'),
    present: z
      .strictObject({
        exitCode: z.int().min(0).max(255).optional().describe('Exit code while the problem is there.'),
        match: z
          .string()
          .max(1000)
          .optional()
          .describe('Regular expression that its output matches while it is there.'),
      })
      .optional()
      .describe('What its presence looks like; without it, a non-zero exit code.'),
  })
  .describe('Shows the problem again: now to prove it, later to tell whether it is gone.');

const finding = {
  title: z
    .string()
    .min(1)
    .max(200)
    .describe('The problem in one line, specific enough to tell it from its neighbours.'),
  description: z.string().min(1).max(20_000).describe('What is wrong, why, and what follows from it. Markdown.'),
  priority: z.enum(priorities),
  category: z.enum(categories),
  cwe: z.string().max(40).optional().describe('The weakness by its CWE number, for security: CWE-89.'),
  location: z
    .strictObject({
      path: Path,
      startLine: Line.optional(),
      endLine: Line.optional(),
      symbol: z.string().max(500).optional().describe('Function, method, class or key that holds the problem.'),
    })
    .optional()
    .describe('Where it is best repaired.'),
  evidence: z.array(Evidence).max(20).optional(),
  reproduce: Reproduce.optional(),
  expected: z.string().max(8000).optional().describe('What should happen.'),
  actual: z.string().max(8000).optional().describe('What happens instead, with output where you have it.'),
  nextSteps: z.array(z.string().max(2000)).max(20).optional().describe('Steps of a repair, in order.'),
  suggestedPrompt: z
    .string()
    .max(8000)
    .optional()
    .describe('What you would tell an engineer who has not read any of this.'),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('How sure you are that this is real and matters, from 0 to 1.'),
  known: z
    .string()
    .regex(/^F-[0-9a-z]{8}$/, 'must be the id of a known finding: F- and 8 characters')
    .optional()
    .describe('The id of the known finding that this is.'),
};

const Finding = z.strictObject(finding);

const FindingId = z.string().regex(/^F-[0-9a-z]{8}$/, 'must be the id of a known finding: F- and 8 characters');

const Citation = z
  .strictObject({
    finding: FindingId.optional().describe('A known finding.'),
    session: z
      .string()
      .regex(/^S\d{8}-\d{6}-[0-9a-z]{4}$/, 'must be the id of an earlier session: S…')
      .optional()
      .describe('An earlier investigation.'),
    path: Path.optional(),
    startLine: Line.optional(),
    endLine: Line.optional(),
    quote: z.string().min(1).max(8000).optional().describe('With path: the lines as they stand in the file, copied.'),
  })
  .refine(({ finding, session, path }) => [finding, session, path].filter(Boolean).length === 1, {
    error: 'must be one of: finding, session, or path with quote',
  })
  .refine(({ path, quote }) => (path === undefined) === (quote === undefined), {
    error: 'code is cited by path and quote together',
  });

const ids = z.array(z.string().max(40)).max(50).optional().describe('Ids of the findings that it is about.');

const basis = z
  .array(Evidence)
  .min(1)
  .max(20)
  .describe(
    'What shows it: quotes from the repository. They are compared with the files; where none stands there, all of it is thrown away.',
  );

const QuestionId = z
  .string()
  .regex(/^Q[1-9]\d{0,5}$/, 'must be the id of an open question: Q1')
  .describe('The id of the open question (Q1, Q2, …).');

const contradicts = z
  .array(z.string().max(90))
  .max(10)
  .optional()
  .describe(
    'Only where it cannot be true together with something that your notes name as settled: its names there (as S…/A1). People are asked which holds. Say in the basis what you saw.',
  );

/** What each tool takes; the JSON Schema that the model sees is made from these. */
export const toolInputs = {
  bash: z.strictObject({
    command: z
      .string()
      .min(1)
      .max(50_000)
      .describe('Run by bash in the root of the repository. Each call is a new shell.'),
    timeoutSeconds: z.int().min(1).max(600).optional().describe('Default 120.'),
  }),
  report_finding: Finding,
  update_finding: Finding.partial().extend({
    id: z
      .string()
      .regex(
        /^(?:r[1-9]\d*|F-[0-9a-z]{8})$/,
        'must be an id that report_finding gave (r1, r2, …), or the id of a known finding (F- and 8 characters)',
      )
      .describe(
        'The id that report_finding gave (r1, r2, …); or, to give your verdict on it, that of a known finding.',
      ),
    verdict: z
      .enum(saidVerdicts)
      .optional()
      .describe(
        'For a known finding: whether it is still there. present and fixed need evidence: quotes of the code as it is now, from the file of the finding.',
      ),
    reason: z
      .string()
      .max(2000)
      .optional()
      .describe('For a known finding: what you saw that decides it, in one or two sentences.'),
  }),
  ask_question: z.strictObject({
    question: z.string().min(1).max(4000).describe('One question, complete in itself.'),
    header: z.string().max(60).optional().describe('Two or three words that name it.'),
    options: z
      .array(z.strictObject({ label: z.string().min(1).max(200), description: z.string().max(1000).optional() }))
      .max(10)
      .optional()
      .describe('The answers that you can think of.'),
    multiSelect: z.boolean().optional().describe('Whether several options may hold.'),
    allowOther: z.boolean().optional().describe('Whether an answer in own words makes sense. Default true.'),
    default: z.string().max(200).optional().describe('The answer you go on with meanwhile.'),
    blocking: z.boolean().optional().describe('Whether nothing useful can be done without the answer. Rarely true.'),
    findings: ids,
  }),
  record_assumption: z.strictObject({
    text: z.string().min(1).max(4000).describe('What you take to be so, as one statement.'),
    basis: z.string().max(4000).optional().describe('What in the repository made you think so.'),
    confidence: z.number().min(0).max(1).optional(),
    questionId: z.string().max(40).optional().describe('The id of the question that it stands in for.'),
    contradicts,
    findings: ids,
  }),
  run_check: z.strictObject({
    name: z.string().min(1).max(200).describe('One of the checks that your notes name.'),
  }),
  answer: z.strictObject({
    text: z
      .string()
      .min(1)
      .max(20_000)
      .describe('The answer, in Markdown, with [1], [2] … where it rests on a citation.'),
    citations: z
      .array(Citation)
      .max(40)
      .default([])
      .describe('What it rests on, in the order of its numbers: each a finding, a session, or code (path and quote).'),
  }),
  propose_assumption: z.strictObject({
    text: z
      .string()
      .min(1)
      .max(4000)
      .describe('What is to be taken for so, as one statement that can be approved or declined.'),
    questionId: QuestionId.optional(),
    assumption: z
      .string()
      .regex(/^A[1-9]\d{0,5}$/, 'must be the id of a proposed assumption: A1')
      .optional()
      .describe('The id of the proposed assumption that this is to take the place of (A1, A2, …).'),
    basis,
    confidence: z
      .number()
      .min(0)
      .max(1)
      .describe('How sure you are, from 0 to 1: 0.9 means that one in ten such proposals is wrong.'),
    contradicts,
  }),
  withdraw_question: z.strictObject({
    questionId: QuestionId,
    answer: z
      .string()
      .min(1)
      .max(4000)
      .describe('What the repository answers, in one or two sentences for the people who were asked.'),
    basis,
  }),
  ...runToolInputs,
  finish: z.strictObject({
    summary: z.string().max(20_000).default('').describe('What you looked at, how, and what came of it. Markdown.'),
    verdict: z
      .enum(['complete', 'partial'])
      .optional()
      .describe('partial: a part of what was asked was not examined. The summary says which. Default complete.'),
  }),
} as const;

export type ToolName = keyof typeof toolInputs;
type ToolInput<Name extends ToolName> = z.infer<(typeof toolInputs)[Name]>;
export type BashInput = ToolInput<'bash'>;
export type FindingInput = ToolInput<'report_finding'>;
export type FindingUpdate = ToolInput<'update_finding'>;
export type QuestionInput = ToolInput<'ask_question'>;
export type AssumptionInput = ToolInput<'record_assumption'>;
export type AnswerInput = ToolInput<'answer'>;
export type ProposalInput = ToolInput<'propose_assumption'>;
export type WithdrawalInput = ToolInput<'withdraw_question'>;
export type WorkInput = ToolInput<'deliver'>;
export type JudgementInput = ToolInput<'judge'>;
export type ScoreInput = ToolInput<'score'>;
export type FinishInput = ToolInput<'finish'>;

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(toolInputs, name);
}
