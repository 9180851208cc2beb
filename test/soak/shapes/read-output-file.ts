import { readFileSync } from 'node:fs';
import { extractFindings } from '../../../src/findings/extract/extract-findings.ts';

// A process of its own: its highest memory is what reading the file takes.
const { outcome, issues } = extractFindings(readFileSync(process.argv[2] ?? ''));
// Of the processor, not of the clock: what else runs beside it does not count.
const { user } = process.cpuUsage();
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(
  JSON.stringify({ outcome, issues: issues.length, ms: user / 1000, peak, polluted: 'title' in {} }),
);
