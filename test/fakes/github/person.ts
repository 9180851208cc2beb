/** Who acts. Apps carry `[bot]` in their login, as in GitHub's REST answers. */
export type Person = { login: string; type: 'User' | 'Bot' };

export type StoredReaction = { id: number; content: string; author: Person; at: string };
