/** Whether a prompt asks for what only the commits tell. Asking too often costs seconds, so plain words count. */
export function wantsHistory(prompt: string): boolean {
  return /\bgit[ -](log|blame|show|diff|bisect|history)\b|\b(history|commits?|committed|blame|regressions?|changelog)\b/i.test(
    prompt,
  );
}
