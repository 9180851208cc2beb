import { sha256 } from '../lib/hash.ts';

// The versions that are known to work, by commit: a tag may be moved.
const pinned = {
  checkout: 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0',
  download: 'actions/download-artifact@634f93cb2916e3fdff6788551b99b062d0335ce0 # v5.0.0',
  upload: 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2',
} as const;

/**
 * The workflow that `courier init` writes.
 * @param name of the repository; spreads the schedules of many repositories over the hour.
 */
export function renderWorkflow({ uses, name }: { uses: string; name: string }): string {
  const minute = 5 + (Number.parseInt(sha256(name).slice(0, 8), 16) % 50);
  return `# Courier scans this repository and keeps its findings as issues. What it looks for: .github/courier.yml
name: Courier

on:
  schedule:
    # Mondays to Fridays at 04:${String(minute).padStart(2, '0')} UTC.
    - cron: '${minute} 4 * * 1-5'
  workflow_dispatch:
    inputs:
      request:
        description: What a command in a comment asks for. Leave it empty to scan.
        type: string
        required: false
        default: ''
  # A box that somebody ticks on the Courier dashboard, an issue, counts at once, and so does what people do to the issues of findings.
  issues:
    types: [edited, closed, reopened, labeled, unlabeled, assigned, unassigned, locked, unlocked, deleted, transferred]
  # Commands in comments, and boxes that people tick to answer. Where you host the Courier app, it is faster; both do no harm.
  issue_comment:
    types: [created, edited]

# Each job has its own.
permissions: {}

jobs:
${renderWorkJob(uses)}
${renderCommentsJob(uses)}`;
}

/** Scans, and what commands ask for. */
function renderWorkJob(uses: string): string {
  return `  courier:
    name: Courier
    # Of the edited issues only the dashboard starts a runner, and only when a person edited it.
    if: >-
      github.event_name != 'issue_comment' && (github.event_name != 'issues' ||
      (github.event.action == 'edited' && contains(github.event.issue.body, '<!-- courier:dashboard -->') &&
      github.event.sender.type != 'Bot'))
    permissions:
      # The record of findings, on the branch courier-ledger.
      contents: write
      # The issues themselves.
      issues: write
      # What came of a command that somebody wrote on a pull request.
      pull-requests: write
      # The files of a session that is resumed; the next run of a chain. With the app, read is enough.
      actions: write
      # What failed on the pull request of a run that is gone on with.
      checks: read
    # One at a time, in their order, and each issue's runs, which name a head, in a row of their own; a running one is never cut off. Here and not
    # above, so that a skipped run is in nobody's way.
    concurrency:
      group: courier\${{ inputs.request && fromJSON(inputs.request).head && format('-{0}', fromJSON(inputs.request).issue) || '' }}
      queue: max
      cancel-in-progress: false
    runs-on: ubuntu-24.04
    timeout-minutes: 90
    steps:
      - uses: ${pinned.checkout}
        with:
          persist-credentials: false
          fetch-depth: 0 # known findings are checked again at the commit where they were seen
          # A session that is resumed goes on at the commit that it scanned, and a run at its branch's newest.
          ref: \${{ inputs.request && (fromJSON(inputs.request).commit || fromJSON(inputs.request).head) || '' }}
      - uses: ${pinned.download}
        if: inputs.request && fromJSON(inputs.request).run
        continue-on-error: true # it expires: then the session goes on from its record
        with:
          name: courier-session-\${{ fromJSON(inputs.request).session }}
          run-id: \${{ fromJSON(inputs.request).run }}
          github-token: \${{ github.token }}
          path: \${{ runner.temp }}/courier-resumed
      - uses: ${uses}
        id: courier
        with:
          request: \${{ inputs.request }}
          session-path: \${{ runner.temp }}/courier-resumed
          # Optional: without this secret only the checks run.
          anthropic-api-key: \${{ secrets.ANTHROPIC_API_KEY }}
      # The session's reports and, in a private repository, what the agent did: readable by everybody who may read the repository.
      - uses: ${pinned.upload}
        if: always() && steps.courier.outputs.session-path != ''
        with:
          name: courier-session-\${{ steps.courier.outputs.session-id }}
          path: \${{ steps.courier.outputs.session-path }}
          retention-days: 30
`;
}

/** Commands: no checkout and no key of a model, as it only answers and starts the other job. */
function renderCommentsJob(uses: string): string {
  return `  comments:
    name: Courier answers
    # A comment that may hold a command, a box of ours that a person ticked, an act on the issue of a finding: nothing else starts a runner.
    if: >-
      github.event.sender.type != 'Bot' && ((github.event_name == 'issue_comment' &&
      ((github.event.action == 'created' && contains(github.event.comment.body, '/courier')) ||
      (github.event.action == 'edited' && github.event.comment.user.type == 'Bot' &&
      (contains(github.event.comment.body, '<!-- courier:answer') ||
      contains(github.event.comment.body, '<!-- courier:assumption') ||
      contains(github.event.changes.body.from, '<!-- courier:answer') ||
      contains(github.event.changes.body.from, '<!-- courier:assumption'))))) ||
      (github.event_name == 'issues' && contains(github.event.issue.body, '<!-- courier:finding ') &&
      (github.event.action != 'edited' || github.event.changes.title)))
    permissions:
      # What was dealt with, and what commands change, on the branch courier-ledger.
      contents: write
      # Answers, reactions, labels.
      issues: write
      # The same on pull requests.
      pull-requests: write
      # Starts the job above for what takes a checkout.
      actions: write
    concurrency:
      group: courier-comments-\${{ github.event.issue.number }}
      queue: max
      cancel-in-progress: false
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    steps:
      - uses: ${uses}
        with:
          mode: command
`;
}
