import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import { complaintsAbout, readOutputCases, readOwnOutputCases } from '../findings/agent-output-cases.ts';

// How much is recovered from malformed output: docs/quality.md.
const cases = readOutputCases().map(({ expected, read }) => ({
  tier: expected.tier,
  id: expected.id,
  complaints: complaintsAbout(extractFindings(read()), expected),
}));
const own = readOwnOutputCases().map(({ name, input, outcome, titles }) => {
  const found = extractFindings(input);
  const isRight = found.outcome === outcome && found.issues.map(({ title }) => title).join('\n') === titles.join('\n');
  return { tier: 'of our own', id: name, complaints: isRight ? [] : ['differs'] };
});

console.log('\n| cases | as expected | in all |\n|---|---:|---:|');
for (const [tier, group] of Map.groupBy([...cases, ...own], (one) => one.tier)) {
  console.log(`| ${tier} | ${group.filter(({ complaints }) => complaints.length === 0).length} | ${group.length} |`);
}
for (const { id, complaints } of [...cases, ...own])
  for (const complaint of complaints) console.log(`${id}: ${complaint}`);
