import { understandCategory } from '../findings/category.ts';
import { toPriority, understandSeverity } from '../findings/severity.ts';
import { findVerdict } from '../findings/verdict-word.ts';
import { type ToolName, toolInputs } from './tool-inputs.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A tool's input with what does no harm put right, as a turn that only corrects a spelling costs money: a priority in another common
 * vocabulary, a category by a synonym, other names for path, line and quote, fields that the tool does not know. What matters (a title,
 * a path inside the repository) is left for the schema to judge.
 */
export function tolerateInput(name: ToolName, input: unknown): unknown {
  if (!isFields(input)) return input;
  if (name === 'report_finding') return known(name, { ...ofFinding(input), ...ofKind(input) });
  if (name === 'update_finding')
    return known(name, {
      ...ofFinding(input),
      ...ofVerdict(input),
      ...('priority' in input || 'severity' in input || 'category' in input ? ofKind(input, true) : {}),
    });
  if (name === 'answer' && input.citations !== undefined)
    return known(name, { ...input, citations: listOf(input.citations).map(ofCitation) });
  if (name === 'propose_assumption' || name === 'withdraw_question') return known(name, ofProposal(input));
  return known(name, input);
}

function ofProposal(input: Fields): Fields {
  const { basis, evidence, confidence, questionId, question } = input;
  const quotes = basis ?? evidence;
  const about = questionId ?? question;
  return {
    ...input,
    ...(quotes === undefined ? {} : { basis: listOf(quotes).map(ofQuote) }),
    ...(typeof about === 'string' ? { questionId: about.trim().replace(/^q/, 'Q') } : {}),
    ...ofShare(confidence),
  };
}

/** Some say it in percent. */
function ofShare(confidence: unknown): Fields {
  const isPercent = typeof confidence === 'number' && confidence > 1 && confidence <= 100;
  return isPercent ? { confidence: confidence / 100 } : {};
}

function known(name: ToolName, input: Fields): Fields {
  const shape: Fields = toolInputs[name].shape;
  return Object.fromEntries(Object.entries(input).filter(([key]) => Object.hasOwn(shape, key)));
}

function ofKind(input: Fields, onlyGiven = false): Fields {
  const { priority, severity, category, cwe, title } = input;
  const given = priority ?? severity;
  const context = { ...(typeof cwe === 'string' ? { cwe } : {}), ...(typeof title === 'string' ? { title } : {}) };
  return {
    ...(onlyGiven && given === undefined ? {} : { priority: toPriority(understandSeverity(given)) }),
    ...(onlyGiven && category === undefined ? {} : { category: understandCategory(category, context) }),
  };
}

function ofFinding(input: Fields): Fields {
  const { location, evidence, reproduce, nextSteps, confidence } = input;
  return {
    ...input,
    ...(isFields(location) ? { location: ofPlace(location, ['path', 'startLine', 'endLine', 'symbol']) } : {}),
    ...(evidence === undefined ? {} : { evidence: listOf(evidence).map(ofQuote) }),
    ...(typeof reproduce === 'string' ? { reproduce: { command: reproduce } } : {}),
    ...(typeof nextSteps === 'string' ? { nextSteps: [nextSteps] } : {}),
    ...ofShare(confidence),
  };
}

function ofVerdict({ id, known, verdict }: Fields): Fields {
  const finding = id ?? known;
  const word = findVerdict(verdict);
  return {
    ...(typeof finding === 'string' ? { id: finding.trim().replace(/^f-/, 'F-') } : {}),
    ...(word === undefined ? {} : { verdict: word }),
  };
}

function ofQuote(value: unknown): unknown {
  return isFields(value) ? ofPlace(value, ['path', 'startLine', 'endLine', 'quote']) : value;
}

const citationFields = ['finding', 'session', 'path', 'startLine', 'endLine', 'quote'];

/** Some give the id alone. */
function ofCitation(value: unknown): unknown {
  if (typeof value === 'string') return /^S\d/.test(value) ? { session: value } : { finding: value };
  return isFields(value) ? ofPlace(value, citationFields) : value;
}

function ofPlace(place: Fields, names: readonly string[]): Fields {
  const named: Fields = {
    ...place,
    path: place.path ?? place.file,
    startLine: place.startLine ?? place.line ?? place.start_line,
    endLine: place.endLine ?? place.end_line,
    quote: place.quote ?? place.code ?? place.snippet,
  };
  return Object.fromEntries(
    names.flatMap((name) => (named[name] === undefined || named[name] === null ? [] : [[name, named[name]]])),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
