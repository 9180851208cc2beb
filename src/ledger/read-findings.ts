import { z } from 'zod';
import { Finding } from '../findings/finding.ts';
import { UserError } from '../lib/errors.ts';
import { parseJson, stableJson } from './json.ts';
import { findingsPath } from './layout.ts';
import { type Damage, ledgerVersion } from './ledger.ts';

export type FindingsFile = { findings: Finding[]; damaged: Damage[] };

/** One file of findings. A damaged element costs only itself. @throws UserError for a finding of a newer Courier. */
export function understandFindings(path: string, text: string): FindingsFile {
  const json = parseJson(text);
  if ('damaged' in json) return { findings: [], damaged: [{ path, reason: json.damaged, text }] };
  if (!Array.isArray(json.value))
    return { findings: [], damaged: [{ path, reason: 'is not a list of findings', text }] };
  const file: FindingsFile = { findings: [], damaged: [] };
  const seen = new Set<string>();
  for (const element of json.value) {
    refuseNewer(element);
    const finding = Finding.safeParse(element);
    const reason = finding.success ? misplaced(finding.data, path, seen) : problemOf(finding.error);
    if (finding.success && reason === undefined) {
      seen.add(finding.data.id);
      file.findings.push(finding.data);
    } else file.damaged.push({ path, reason: reason ?? '', text: textOf(element, text) });
  }
  return file;
}

/** The element alone; the whole file where it nests too deep to be written again. */
function textOf(element: unknown, file: string): string {
  try {
    return stableJson(element);
  } catch {
    return file;
  }
}

function misplaced({ id }: Finding, path: string, seen: ReadonlySet<string>): string | undefined {
  if (seen.has(id)) return `holds ${id} twice`;
  return findingsPath(id) === path ? undefined : `holds ${id}, which belongs elsewhere`;
}

/** The first thing that is wrong, with its place. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `holds ${issue.path.join('.') || 'an element'}: ${issue.message}` : 'is not valid';
}

const Versioned = z.object({ version: z.number() });

export function refuseNewer(record: unknown, known: number = ledgerVersion): void {
  const versioned = Versioned.safeParse(record);
  if (versioned.success && versioned.data.version > known)
    throw new UserError(
      `The ledger was written by a newer Courier (format ${versioned.data.version}, this one reads ${known}): update Courier.`,
    );
}
