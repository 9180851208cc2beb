/** The first lines that fit into so many characters. */
export function fitLines(lines: readonly string[], room: number): { kept: readonly string[]; left: number } {
  let rest = room;
  const beyond = lines.findIndex((line) => {
    rest -= line.length + 1;
    return rest < 0;
  });
  const kept = beyond === -1 ? lines : lines.slice(0, beyond);
  return { kept, left: lines.length - kept.length };
}
