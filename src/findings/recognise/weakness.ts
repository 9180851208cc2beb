import type { Category } from '../category.ts';

// CWE numbers that are used for one and the same mistake, one line for each mistake.
const families = [
  [77, 78, 88],
  [79, 80, 83, 87, 116],
  [89, 564, 943],
  [94, 95, 96, 1336],
  [22, 23, 35, 36, 73],
  [259, 321, 522, 798, 1391],
  [256, 312, 313, 319, 522, 916],
  [261, 326, 327, 328, 759, 760, 916],
  [330, 331, 335, 338, 340],
  [200, 201, 209, 215, 489, 497, 532],
  [284, 285, 306, 425, 566, 639, 862, 863],
  [287, 288, 290, 306, 307, 345, 347, 521, 620, 640],
  [352, 1275],
  [384, 488, 613],
  [400, 770, 799, 1333],
  [434, 646],
  [601],
  [611, 776, 827],
  [16, 614, 1004, 1275],
  [16, 215, 489, 693, 1021],
  [915, 1321],
];

const familiesOf = new Map<number, Set<number>>();
families.forEach((numbers, family) => {
  for (const number of numbers) familiesOf.set(number, (familiesOf.get(number) ?? new Set()).add(family));
});

type Weakness = { cwe?: string | undefined; category: Category };

/** How far two findings name the same weakness: 1 the same CWE, less a related one; where one names none, the category has a say. */
export function likenessOfWeakness(a: Weakness, b: Weakness): number {
  const [first, second] = [numberOf(a.cwe), numberOf(b.cwe)];
  if (first === undefined || second === undefined) return a.category === b.category ? 0.5 : 0;
  if (first === second) return 1;
  return areRelated(first, second) ? 0.5 : 0;
}

function areRelated(a: number, b: number): boolean {
  return !(familiesOf.get(a)?.isDisjointFrom(familiesOf.get(b) ?? new Set()) ?? true);
}

function numberOf(cwe: string | undefined): number | undefined {
  const digits = /\d{1,5}/.exec(cwe ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}
