import { isIP } from 'node:net';

/** What a sandbox may reach, as the SDK says it. */
export type Network = {
  allowOut?: string[];
  denyOut?: string[];
  rules?: Record<string, { transform?: { headers?: Record<string, string> } }[]>;
};

const everywhere = '0.0.0.0/0';

/** What E2B refuses of it (its API's own checks and sentences), or nothing. `rules`: whether the account has rules. */
export function refuseNetwork(
  { allowOut = [], denyOut = [], rules }: Network,
  plan: { rules: boolean },
): string | undefined {
  const bad = denyOut.find((each) => !isAddress(each));
  if (bad !== undefined) return `invalid denied CIDR ${bad}`;
  if (allowOut.some((each) => !isAddress(each)) && !denyOut.includes(everywhere)) {
    return 'When specifying allowed domains in allow out, you must include 0.0.0.0/0 in deny out to block all other traffic.';
  }
  if (!rules) return undefined;
  if (!plan.rules) return 'Network transform rules are not available for your team.';
  const domains = Object.entries(rules);
  if (domains.length > 10) return 'Network rules can have at most 10 domains.';
  return domains.map(refuseRule).find(Boolean);
}

function refuseRule([domain, rules]: [string, NonNullable<Network['rules']>[string]]): string | undefined {
  if (!/^(?!.*\.\.)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(domain) || isIP(domain) !== 0) {
    return `Rule domain "${domain}" is not a valid domain name.`;
  }
  if (rules.length > 1) return `Domain "${domain}" can have at most 1 transform rule.`;
  const headers = Object.entries(rules[0]?.transform?.headers ?? {});
  if (headers.length > 20) return `Domain "${domain}" can have at most 20 headers per rule.`;
  for (const [name, value] of headers) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/.test(name))
      return `Header name "${name}" in rule for domain "${domain}" is not valid.`;
    if (!/^[\t\x20-\x7e\x80-\xff]{0,2048}$/.test(value))
      return `Value for header "${name}" in rule for domain "${domain}" is not valid.`;
  }
  return undefined;
}

const isAddress = (text: string) => isIP(text.split('/')[0] ?? '') !== 0;

/** Whether a name may be called. What is allowed wins over what is denied. */
export function reaches(network: Network | undefined, name: string): boolean {
  const { allowOut = [], denyOut = [] } = network ?? {};
  if (!denyOut.includes(everywhere)) return true;
  return allowOut.some((each) => each === name || (each.startsWith('*.') && name.endsWith(each.slice(1))));
}

/** The headers that the proxy puts into calls of that name. */
export function transformOf(network: Network | undefined, name: string): Readonly<Record<string, string>> {
  return network?.rules?.[name]?.[0]?.transform?.headers ?? {};
}
