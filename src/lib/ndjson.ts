/**
 * What a file of one JSON value per line holds. Its writer may have been killed in the middle of a line: a last line without its line break
 * that is no value (`torn`) is expected and left out; any other line that is none, or that `understand` does not take, is `damaged`.
 * @param understand the value as ours, `undefined` where it is something else.
 */
export type Lines<Value> = { values: Value[]; damaged: number; torn: boolean };

export function parseLines<Value>(text: string, understand: (value: unknown) => Value | undefined): Lines<Value> {
  const lines = text.split('\n');
  const read: Lines<Value> = { values: [], damaged: 0, torn: false };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const parsed = parseLine(line);
    const value = parsed && understand(parsed.json);
    if (value !== undefined) read.values.push(value);
    else if (parsed === undefined && index === lines.length - 1) read.torn = true;
    else read.damaged += 1;
  }
  return read;
}

function parseLine(line: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(line) };
  } catch {
    return undefined;
  }
}
