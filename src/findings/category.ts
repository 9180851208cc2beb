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
