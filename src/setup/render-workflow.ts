import { sha256 } from '../lib/hash.ts';

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
        description: What the Courier app asks for. Leave it empty to scan.
        type: string
        required: false
        default: ''
  # A box that somebody ticks on the Courier dashboard, an issue, counts at once.
  issues:
    types: [edited]

permissions:
  # The record of findings, on the branch courier-ledger.
  contents: write
  # The issues themselves.
  issues: write
  # The files of a session that is resumed.
  actions: read

jobs:
  courier:
    name: Courier
    # Of the edited issues only the dashboard starts a runner, and only when a person edited it.
    if: >-
      github.event_name != 'issues' ||
      (contains(github.event.issue.body, '<!-- courier:dashboard -->') && github.event.sender.type != 'Bot')
    # One at a time, in their order; a running one is never cut off. Here and not above, so that a skipped run is in nobody's way.
    concurrency:
      group: courier
      queue: max
      cancel-in-progress: false
    runs-on: ubuntu-24.04
    timeout-minutes: 90
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
          fetch-depth: 0 # known findings are checked again at the commit where they were seen
          # A session that is resumed goes on at the commit that it scanned.
          ref: \${{ inputs.request && fromJSON(inputs.request).commit || '' }}
      - uses: actions/download-artifact@v5
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
      - uses: actions/upload-artifact@v4
        if: always() && steps.courier.outputs.session-path != ''
        with:
          name: courier-session-\${{ steps.courier.outputs.session-id }}
          path: \${{ steps.courier.outputs.session-path }}
          retention-days: 30
`;
}
