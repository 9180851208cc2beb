import { halvesOf, measureIdentity, pairsOfRuns, type Quality, readRows } from './repeated-scans.ts';

const seeds = 10;
const rows = readRows();
const { tuned, heldOut } = halvesOf(rows);

console.log('| applications | form | precision | recall | right | wrong | in both runs |');
console.log('|---|---|---:|---:|---:|---:|---:|');
for (const [name, repos] of [
  ['tuned half', tuned],
  ['held-out half', heldOut],
] as const) {
  const pairs = pairsOfRuns(rows, repos);
  console.log(renderRow(name, 'same scanner', measureIdentity(pairs)));
  console.log(renderRow(name, 'stressed', measureIdentity(pairs, { seeds })));
}

function renderRow(name: string, form: string, { precision, recall, right, wrong, common }: Quality): string {
  return `| ${name} | ${form} | ${precision.toFixed(1)} % | ${recall.toFixed(1)} % | ${right} | ${wrong} | ${common} |`;
}
