/** What no command of a repository and no tool may see: credentials, and the files by which a step steers the job. */
const withheld = [
  /^INPUT_/i,
  /^ACTIONS_(RUNTIME|ID_TOKEN_REQUEST|CACHE|RESULTS)_/i,
  /^GITHUB_(TOKEN|ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/i,
  /^(E2B|ANTHROPIC|OPENAI|GEMINI|LANGFUSE)_/i,
  /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$/i,
  /(^|_)(API|ACCESS|PRIVATE|SECRET|LEDGER|SIGNING|ENCRYPTION)_?KEY$/i,
  /AUTH_?TOKEN/i,
  /^(WEBHOOK_SECRET|LEDGER_KEY|STATE_|SSH_AUTH_SOCK$)/i,
];

/** Left by the npm script that started Courier: it would make another npm act for that project instead of the one it stands in. */
const foreignToTheRepository =
  /^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath|config_local_prefix)$|INIT_CWD$)/;

/** The environment for commands: everything but credentials, the job's own steering files and traces of another npm. */
export function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || foreignToTheRepository.test(name)) continue;
    if (!withheld.some((pattern) => pattern.test(name))) kept[name] = value;
  }
  return kept;
}
