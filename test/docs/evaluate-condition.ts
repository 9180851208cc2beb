type Context = Readonly<Record<string, unknown>>;
type Token = { kind: 'text' | 'name' | 'sign'; text: string };

const token = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w.-]*)|(&&|\|\||==|!=|[!(),]))/y;

function tokensOf(expression: string): Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (expression.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const [, text, name, sign] = token.exec(expression) ?? [];
    if (text !== undefined) found.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else throw new Error(`not understood: ${expression.slice(at)}`);
  }
  return found;
}

/**
 * An `if:` of GitHub Actions, as far as our workflows use it: strings, contexts, `contains`, `==`, `!=`, `!`, `&&`, `||`. Strings are
 * compared without case, what is not there is null, and null equals the empty string, as GitHub has it.
 */
export function evaluateCondition(expression: string, context: Context): boolean {
  const tokens = tokensOf(expression);
  let at = 0;
  const takes = (sign: string): boolean => {
    const isIt = tokens[at]?.kind === 'sign' && tokens[at]?.text === sign;
    if (isIt) at += 1;
    return isIt;
  };
  const must = (sign: string): void => {
    if (!takes(sign)) throw new Error(`${sign} is missing before ${tokens[at]?.text ?? 'the end'}`);
  };

  function either(): unknown {
    let value = both();
    while (takes('||')) {
      const next = both();
      value = isTrue(value) ? value : next;
    }
    return value;
  }
  function both(): unknown {
    let value = compared();
    while (takes('&&')) {
      const next = compared();
      value = isTrue(value) ? next : value;
    }
    return value;
  }
  function compared(): unknown {
    const value = single();
    if (takes('==')) return isSame(value, single());
    if (takes('!=')) return !isSame(value, single());
    return value;
  }
  function single(): unknown {
    if (takes('!')) return !isTrue(single());
    if (takes('(')) {
      const value = either();
      must(')');
      return value;
    }
    const next = tokens[at++];
    if (next?.kind === 'text') return next.text;
    if (next?.kind !== 'name') throw new Error(`a value is missing before ${next?.text ?? 'the end'}`);
    if (next.text !== 'contains') return lookUp(next.text, context);
    must('(');
    const text = either();
    must(',');
    const part = either();
    must(')');
    return toText(text).toLowerCase().includes(toText(part).toLowerCase());
  }

  const value = either();
  if (at < tokens.length) throw new Error(`not understood from ${tokens[at]?.text} on`);
  return isTrue(value);
}

function lookUp(path: string, context: Context): unknown {
  let value: unknown = context;
  for (const key of path.split('.')) value = new Map(Object.entries(value ?? {})).get(key) ?? null;
  return value;
}

const isTrue = (value: unknown) => value !== null && value !== false && value !== '' && value !== 0;
const toText = (value: unknown) => (value === null ? '' : String(value));
const isSame = (a: unknown, b: unknown) => toText(a).toLowerCase() === toText(b).toLowerCase();
