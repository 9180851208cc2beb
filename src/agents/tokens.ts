// Prose has about four bytes to a token, dense code about three.
const bytesPerToken = 2.5;

/** An upper estimate of what a model counts for a value that is sent as JSON. */
export function tokensOf(value: unknown): number {
  return Math.ceil(new TextEncoder().encode(JSON.stringify(value)).length / bytesPerToken);
}
