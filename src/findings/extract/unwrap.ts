import { type Fields, fieldsOf } from './fields.ts';

/** The texts that an agent's envelope carries, in order. `whole`: nothing in it says that the run failed or was cut off. */
export type Envelope = { texts: string[]; whole: boolean };

const maxDepth = 8;
const maxTexts = 2000;

/** Where envelopes carry text: Claude's and other tools' results, chat completions, messages, candidates, stream events. */
const carriers = (
  'result response message messages content parts part text output outputtext choices candidates item delta final finalmessage answer ' +
  'completion data body'
).split(' ');

const otherVoices = new Set(['user', 'system', 'tool', 'developer', 'function']);
const noText = new Set([
  'tool_use',
  'tool_result',
  'thinking',
  'reasoning',
  'tool_call',
  'function_call',
  'user',
  'system',
  'image',
]);
const cutReasons = /^(?:length|max_?tokens|max_?turns|content_?filter|incomplete|refusal|safety)$/i;

/**
 * The texts in an envelope: one object, or the events of a stream (of which the last result counts and, where there is none, what the
 * assistant said, which is the whole only if the stream was completed). `undefined` for a value that is no envelope.
 */
export function textsOf(value: unknown): Envelope | undefined {
  const events = Array.isArray(value) ? value : [value];
  const result = events.findLast((event) => fieldsOf(event)?.get('type') === 'result');
  const envelope: Envelope = { texts: [], whole: true };
  collect(result ?? value, envelope, 0);
  if (result === undefined && isStream(events) && !isFinished(events)) envelope.whole = false;
  return envelope.texts.length === 0 ? undefined : envelope;
}

/** Whether these are the events of a stream that names the kind of each. */
export function isStream(events: readonly unknown[]): boolean {
  return events.length > 1 && events.every((event) => typeof fieldsOf(event)?.get('type') === 'string');
}

/** Whether the last event says that the answer was complete, as tools without a result event do. */
function isFinished(events: readonly unknown[]): boolean {
  return /(?:^|[._])(?:completed|message_stop)$/.test(String(fieldsOf(events.at(-1))?.get('type')));
}

function collect(value: unknown, envelope: Envelope, depth: number): void {
  if (depth > maxDepth || envelope.texts.length >= maxTexts) return;
  if (typeof value === 'string') envelope.texts.push(value);
  if (Array.isArray(value)) {
    const inner = value.slice(-maxTexts).filter((element) => typeof element !== 'string');
    for (const element of inner) collect(element, envelope, depth + 1);
  }
  const fields = fieldsOf(value);
  if (fields !== undefined && speaks(fields)) collectFields(fields, envelope, depth);
}

function collectFields(fields: Fields, envelope: Envelope, depth: number): void {
  if (saysCut(fields)) envelope.whole = false;
  for (const name of carriers) {
    const value = fields.get(name);
    if (value !== undefined) collect(value, envelope, depth + 1);
  }
}

function speaks(fields: Fields): boolean {
  const [role, type] = [fields.get('role'), fields.get('type')];
  return !(typeof role === 'string' && otherVoices.has(role)) && !(typeof type === 'string' && noText.has(type));
}

function saysCut(fields: Fields): boolean {
  const subtype = fields.get('subtype');
  if (fields.get('iserror') === true || (typeof subtype === 'string' && subtype.startsWith('error'))) return true;
  return ['stopreason', 'finishreason', 'status'].some((name) => {
    const reason = fields.get(name);
    return typeof reason === 'string' && cutReasons.test(reason);
  });
}
