import type { Repository } from './ports.ts';

/** Text of repository files, each read once. */
export function createTextReader(repository: Repository): (path: string) => Promise<string | undefined> {
  const texts = new Map<string, Promise<string | undefined>>();
  return (path) => {
    const known = texts.get(path);
    if (known) return known;
    const text = repository.read(path).then((bytes) => bytes && new TextDecoder().decode(bytes));
    texts.set(path, text);
    return text;
  };
}
