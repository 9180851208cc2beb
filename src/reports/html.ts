import { toPlain } from './plain-text.ts';

/** Markup that may be written as it is. Only `html` and `trusted` make it, so a plain string can never become markup. */
export type Html = { readonly markup: string };
type Value = string | number | Html | readonly Html[] | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element's content or a quoted attribute, without characters that nobody sees or that reorder others. */
export function escapeHtml(text: string): string {
  return toPlain(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Markup from a template: every value is escaped but markup itself. Values stand in content or in quoted attributes only. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: strings.reduce((text, part, index) => text + toMarkup(values[index - 1]) + part) };
}

/** A constant of this program that is markup already. Never for text that came from outside. */
export function trusted(markup: string): Html {
  return { markup };
}

/** `render(value)` where there is a value, else nothing. */
export function when<T>(value: T | undefined, render: (value: T) => Html): Html {
  return value === undefined ? { markup: '' } : render(value);
}

/** Parts with nothing between them, for where white space shows. */
export function joined(parts: readonly Html[]): Html {
  return { markup: parts.map(({ markup }) => markup).join('') };
}

function toMarkup(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if ('markup' in value) return value.markup;
  return value.map(({ markup }) => markup).join('\n');
}
