import type { RepositoryState, Token } from './state.ts';
import type { Webhooks } from './webhooks.ts';

/** One understood request, on its way to a handler. */
export type Call = {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: Readonly<Record<string, unknown>>;
  /** The body where it is a list. */
  list: readonly unknown[] | undefined;
  accept: string;
  who: Token;
  /** Where this API is reached, for links in its answers. */
  apiUrl: string;
  serverUrl: string;
  requestUrl: URL;
  /** Whom GitHub tells of what happens. */
  webhooks: Webhooks;
};

export type RepositoryCall = Call & { repository: RepositoryState };

export type Reply = { status: number; body?: unknown; headers?: Record<string, string> };

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** One page and the links to the others. */
export function paginate<Item>(items: readonly Item[], call: Call): { page: Item[]; headers: Record<string, string> } {
  const size = Math.min(100, Number(call.query.get('per_page') ?? 30));
  const page = Number(call.query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (number: number, relation: string) => {
    const url = new URL(call.requestUrl);
    url.searchParams.set('page', String(number));
    return `<${url}>; rel="${relation}"`;
  };
  const links = page < last ? [link(page + 1, 'next'), link(last, 'last')] : [];
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {};
  return { page: items.slice((page - 1) * size, page * size), headers };
}
