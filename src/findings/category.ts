/** The closed set of categories; each is also a label. */
export const categories = [
  'security',
  'bug',
  'performance',
  'architecture',
  'quality',
  'tests',
  'docs',
  'dependencies',
] as const;
export type Category = (typeof categories)[number];

/** What agents and tools write for each category, in singular, lower case, words joined by a space. */
const synonyms: ReadonlyMap<string, Category> = new Map([
  ...named(
    'security',
    'security|vulnerability|vuln|sec|weakness|exploit|injection|xss|csrf|ssrf|rce|sqli|idor|xxe|secret',
  ),
  ...named(
    'security',
    'credential|crypto|cryptography|authentication|authorization|auth|access control|privacy|data leak',
  ),
  ...named(
    'security',
    'sql injection|command injection|path traversal|cross site scripting|hardcoded secret|data exposure',
  ),
  ...named('bug', 'bug|defect|error|correctness|logic|logic error|reliability|runtime|crash|functional|functionality'),
  ...named(
    'bug',
    'race condition|concurrency|data loss|error handling|regression|robustness|type|type error|type safety',
  ),
  ...named(
    'performance',
    'performance|perf|speed|latency|memory|memory leak|efficiency|scalability|optimization|resource',
  ),
  ...named('architecture', 'architecture|design|structure|coupling|modularity|layering|api design|system design'),
  ...named(
    'quality',
    'quality|code quality|style|maintainability|readability|lint|code smell|smell|refactor|refactoring',
  ),
  ...named(
    'quality',
    'complexity|duplication|dead code|unused code|tech debt|technical debt|cleanup|consistency|formatting',
  ),
  ...named('quality', 'best practice|convention|naming|suspicious|pedantic|accessibility|usability|ux'),
  ...named('tests', 'test|testing|coverage|test coverage|unit test|flaky test|missing test|qa'),
  ...named('docs', 'doc|documentation|readme|comment|typo|spelling|changelog'),
  ...named(
    'dependencies',
    'dependency|dep|package|supply chain|outdated|outdated dependency|license|npm|upgrade|library',
  ),
]);

const securityWords =
  /\b(injection|xss|csrf|ssrf|xxe|rce|idor|traversal|vulnerab\w*|exploit\w*|hard-?coded (?:secret|password|credential|key|token)s?|credentials? leak\w*|(?:auth\w*|permission) bypass|prototype pollution|open redirect|deserialization|unsanitized|unescaped html)\b/i;

/**
 * The category that an agent's or a tool's word means.
 *
 * A word that is unknown or missing: `security` where a CWE or the title says so; else `quality` for an unknown word (somebody saw a
 * matter that has no place of its own) and `bug` where there is none.
 */
export function understandCategory(value: unknown, context: { cwe?: string; title?: string } = {}): Category {
  const found = findCategory(value);
  if (found !== undefined) return found;
  if (context.cwe !== undefined || (context.title !== undefined && securityWords.test(context.title)))
    return 'security';
  return typeof value === 'string' && normalise(value) !== '' ? 'quality' : 'bug';
}

/** The category that a word names, by itself or by a synonym; `undefined` where it names none. */
export function findCategory(value: unknown): Category | undefined {
  return typeof value === 'string' ? findSynonym(normalise(value)) : undefined;
}

function findSynonym(word: string): Category | undefined {
  const whole = synonyms.get(word) ?? synonyms.get(singular(word));
  if (whole !== undefined) return whole;
  // "security / injection", "Bug: off by one": the first part that means something.
  for (const part of word.split(/[/|,:;>&()]| and /)) {
    const found = synonyms.get(part.trim()) ?? synonyms.get(singular(part.trim()));
    if (found !== undefined) return found;
  }
  return /^cwe \d+/.test(word) || securityWords.test(word) ? 'security' : undefined;
}

function normalise(text: string): string {
  return text
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/[^a-z0-9 /|,:;>&()]/g, '')
    .trim();
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function named(category: Category, words: string): [string, Category][] {
  return words.split('|').map((word) => [word, category]);
}
