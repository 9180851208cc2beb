import type { Reporter, TestModule } from 'vitest/node';

/**
 * Names each test that passed only when it was run again, and why it failed at first: it does not hold up a change that has nothing to do
 * with it, and it is a defect all the same.
 */
export default class NameUnstable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const unstable = modules.flatMap((module) =>
      [...module.children.allTests('passed')]
        .filter((test) => test.diagnostic()?.flaky)
        .map((test) => `${module.relativeModuleId} > ${test.fullName}\n${test.result().errors?.[0]?.message ?? ''}`),
    );
    if (unstable.length === 0) return;
    const title = `Unstable: ${unstable.length} passed only when run again. Repair what they rest on.`;
    process.stderr.write(`\n${[title, ...unstable].join('\n')}\n`);
  }
}
