import { extname } from 'node:path/posix';
import { count, oneLine, truncate } from '../lib/text.ts';
import type { Evidence, Finding } from './finding.ts';
import { longestLine, quoteStands, weightOf } from './quote-stands.ts';
import type { Verdict } from './verdict.ts';
import type { VerdictWord } from './verdict-word.ts';
import { verifyEvidence } from './verify-evidence.ts';

/** What an agent says about one known finding. Evidence without a path is from the finding's own file. */
export type SaidVerdict = {
  known: string;
  verdict: VerdictWord;
  evidence: readonly (Omit<Evidence, 'path' | 'masked'> & { path?: string })[];
  reason?: string;
};

/** The scanned commit. `renames` are old and new path of files that moved since the ledger last saw them. */
export type ScannedFiles = {
  files: ReadonlySet<string>;
  readText: (path: string) => Promise<string | undefined>;
  renames: readonly (readonly [string, string])[];
};

/** `disbelieved`: why the agent's word does not count, where it does not. The verdict then says so and is inconclusive. */
export type JudgedVerdict = { verdict: Verdict; disbelieved?: string };

/**
 * An agent's word about a known finding, believed only with proof from the files of the scanned commit, which the host reads itself.
 * `fixed` counts as gone when the code that showed the problem is no longer there and the agent quotes what is there now; unchanged code
 * is never gone, whatever is said about it. `present` needs a quote, too. Everything else is inconclusive and leaves the finding open.
 */
export async function judgeVerdict(said: SaidVerdict, finding: Finding, scanned: ScannedFiles): Promise<JudgedVerdict> {
  if (said.verdict === 'unsure')
    return { verdict: verdictOf(finding, 'inconclusive', `The agent could not tell${because(said)}`) };
  const own = ownFileOf(finding, scanned);
  const evidence = await provenEvidence(said, finding, { own, scanned });
  if (said.verdict === 'fixed') return judgeFixed({ said, finding, own, evidence, scanned });
  if (evidence.length === 0) return disbelieve(finding, 'it is still there', 'it quotes no code that is in the files');
  return {
    verdict: { ...verdictOf(finding, 'present', `The agent says that it is still there${because(said)}`), evidence },
  };
}

type Claim = {
  said: SaidVerdict;
  finding: Finding;
  own: OwnFile | undefined;
  evidence: Evidence[];
  scanned: ScannedFiles;
};

async function judgeFixed(claim: Claim): Promise<JudgedVerdict> {
  const doubt = (await doubtOf(claim)) ?? (await movedTo(claim));
  const { said, finding, own, evidence, scanned } = claim;
  if (doubt !== undefined || !own) return disbelieve(finding, 'it is fixed', doubt ?? nothingToCompare);
  const gone = scanned.files.has(own.path)
    ? `The code that showed it is no longer in ${own.path}.`
    : `The file ${own.path} that showed it is no longer there.`;
  const rest = await standingElsewhere(claim, own);
  const others = rest === 0 ? '' : ` ${count(rest, 'other quote')} of it still stand${rest === 1 ? 's' : ''}.`;
  const proof = `The agent, asked about it, says that it is fixed${because(said)} ${gone}${others}`;
  return { verdict: { ...verdictOf(finding, 'gone', proof), evidence } };
}

const nothingToCompare = 'no code is on record that could be compared with the files';

/** Why the word `fixed` is not believed, from what stands in the finding's own file; nothing where it is. */
async function doubtOf({ said, finding, own, evidence, scanned }: Claim): Promise<string | undefined> {
  if (finding.origin.kind === 'check') return `the check ${finding.origin.name} raised it, and only that check decides`;
  if (!own) return nothingToCompare;
  const { path, quote } = own;
  if (!scanned.files.has(path)) return said.reason ? undefined : `${path} is gone, and it does not say why`;
  const text = await scanned.readText(path);
  if (text === undefined) return `${path} cannot be read`;
  const stands = quoteStands(quote, text);
  if (stands === undefined) return nothingToCompare;
  if (stands) return `the quoted code is still there, in ${path}`;
  if (evidence.some((one) => one.path === path)) return undefined;
  return said.evidence.length === 0 ? 'it quotes no code as proof' : `what it quotes is not in ${path}`;
}

// Shorter code says the same in many files.
const telling = 30;
const mostFilesSearched = 5000;

/** Code that was only moved is not fixed. Where its file is gone every quote counts, else only one that is long enough to be known again. */
async function movedTo({ own, scanned }: Claim): Promise<string | undefined> {
  if (!own || (scanned.files.has(own.path) && weightOf(own.quote) < telling)) return undefined;
  const alike = [...scanned.files].filter((path) => path !== own.path && extname(path) === extname(own.path));
  const line = longestLine(own.quote);
  if (alike.length > mostFilesSearched)
    return 'the code may have been moved, and there are too many files to look for it';
  for (const path of alike) {
    const text = await scanned.readText(path);
    if (text?.includes(line) && quoteStands(own.quote, text)) return `the quoted code is still there, in ${path}`;
  }
  return undefined;
}

async function standingElsewhere({ finding, scanned }: Claim, own: OwnFile): Promise<number> {
  let standing = 0;
  for (const { path, quote } of finding.evidence) {
    if (quote === own.quote) continue;
    const text = await scanned.readText(renamed(path, scanned));
    if (text !== undefined && quoteStands(quote, text)) standing += 1;
  }
  return standing;
}

/** The code that showed the problem, and where its file is now. */
type OwnFile = { path: string; quote: string };

/** Where a finding's own code stands, by its present path; `undefined` where none was quoted. */
export function ownFileOf(
  { location, evidence }: Pick<Finding, 'location' | 'evidence'>,
  scanned: Pick<ScannedFiles, 'renames' | 'files'>,
): OwnFile | undefined {
  const anchor = evidence.find(({ path }) => path === location?.path) ?? evidence[0];
  return anchor && { path: renamed(anchor.path, scanned), quote: anchor.quote };
}

function renamed(path: string, { files, renames }: Pick<ScannedFiles, 'renames' | 'files'>): string {
  if (files.has(path)) return path;
  return renames.find(([before]) => before === path)?.[1] ?? path;
}

async function provenEvidence(
  said: SaidVerdict,
  finding: Finding,
  { own, scanned }: { own: OwnFile | undefined; scanned: ScannedFiles },
): Promise<Evidence[]> {
  const path = own?.path ?? finding.location?.path;
  const evidence = said.evidence.flatMap((one) => {
    const place = one.path ?? path;
    return place === undefined ? [] : [{ ...one, path: place }];
  });
  const { title, description, severity, category } = finding;
  const claim = { title, description, severity, category, evidence, nextSteps: [] };
  const proof = await verifyEvidence(claim, scanned.readText);
  return 'fabricated' in proof ? [] : proof.candidate.evidence;
}

function disbelieve(finding: Finding, claim: string, why: string): JudgedVerdict {
  const proof = `The agent says that ${claim}, but ${why}.`;
  return { verdict: verdictOf(finding, 'inconclusive', proof), disbelieved: proof };
}

function verdictOf(finding: Finding, verdict: Verdict['verdict'], proof: string): Verdict {
  return { finding: finding.id, verdict, by: 'agent', proof, evidence: [] };
}

const longestReason = 1000;

function because({ reason }: SaidVerdict): string {
  if (!reason) return '.';
  const line = truncate(oneLine(reason), longestReason);
  return `: ${/[.!?…]$/.test(line) ? line : `${line}.`}`;
}
