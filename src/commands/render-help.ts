import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { roleNeeded } from './authorise.ts';
import type { Problem } from './parse-commands.ts';
import { type CommandSpec, type Place, registry } from './registry.ts';
import { type Verb, verbs } from './verbs.ts';

/** What can be asked for in a place, of what this version offers. */
export function renderHelp(place: Place, { offered, gate }: { offered: ReadonlySet<Verb>; gate: Gate }): SafeText {
  const here = verbs.filter((verb) => {
    const { where }: CommandSpec = registry[verb];
    return where.includes(place) && offered.has(verb);
  });
  const items = here.map((verb) => {
    const { usage, about } = registry[verb];
    return safe`- ${gate.codeSpan(`/courier ${usage}`)} ${gate.inline(about)}`;
  });
  return safe`What can be asked for here, each on a line of its own:\n\n${joinSafe(items, safe`\n`)}`;
}

const placeNames = {
  issue: 'issue',
  finding: "finding's issue",
  session: "session's issue",
  'pull-request': 'pull request',
  dashboard: 'dashboard',
} as const satisfies Record<Place, string>;

const standard = { answer: 'triage', approve: 'write', run: 'write', admin: 'maintain' } as const;

/** The table of docs/commands.md, in Markdown. */
export function renderCommandTable(offered: ReadonlySet<Verb>): string {
  const rows = verbs.map((verb) => {
    const { usage, about, where, by }: CommandSpec = registry[verb];
    const isAnywhere = where.length === Object.keys(placeNames).length;
    const places = isAnywhere ? 'anywhere' : where.map((place) => placeNames[place]).join(', ');
    const role = roleNeeded(verb, standard);
    const needs = by === undefined ? role : `${role} (\`permissions.${by}\`)`;
    const version = offered.has(verb) ? '' : ' *Not in this version.*';
    return `| \`/courier ${usage.replaceAll('|', '\\|')}\` | ${about}${version} | ${places} | ${needs} |`;
  });
  return ['| command | what it does | where | needs |', '|---|---|---|---|', ...rows].join('\n');
}

/** One sentence on a line that was meant as a command. */
export function renderProblem(problem: Problem, gate: Gate): SafeText {
  switch (problem.kind) {
    case 'unknown': {
      const { verb, suggestion } = problem;
      const meant = suggestion === undefined ? safe`` : safe` Did you mean ${gate.codeSpan(`/courier ${suggestion}`)}?`;
      return safe`There is no command ${gate.codeSpan(verb)}.${meant} \`/courier help\` lists them.`;
    }
    case 'misused': {
      const { verb, why } = problem;
      return safe`${gate.codeSpan(`/courier ${verb}`)} was not followed: ${gate.inline(why)}. It is written ${gate.codeSpan(`/courier ${registry[verb].usage}`)}.`;
    }
    case 'unclear':
      return safe`A line with \`/courier\` may stand in a quote, in code or in HTML: write it below an empty line, in a comment of its own.`;
    case 'too-many':
      return safe`A comment may hold ${problem.most} commands, and this one holds more: none was followed.`;
  }
}
