const placeholders =
  /^(?:<[^<>]*>|\[[^[\]]*\]|\{\{.*\}\}|\{[^{}]*\}|\.{2,}|…|-+|string|text|todo|tbd|n\/?a|none|null|undefined|untitled|placeholder|example|sample|lorem ipsum.*|foo|bar|(?:short |issue |finding |your |the |example |sample |brief )*(?:title|description|summary)(?: here)?)$/i;

/** Whether a text only stands where one should be: `<short title>`, `...`, `TODO`, "Title here". */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim().replace(/[.:!]$/, '');
  return trimmed === '' || (text.length <= 200 && (placeholders.test(trimmed) || placeholders.test(text.trim())));
}
