// Longer than GitHub takes a comment.
const longest = 100_000;

/** Whether a comment may hold a command at all: one look at its text, for those who want to know before anything is loaded. */
export function mayHoldCommand(body: string): boolean {
  return /^ {0,3}\/courier(?=\s|$)/im.test(body.slice(0, longest).replace(/\r/g, '\n'));
}
