import type { Command } from './command.ts';
import { operandsOf, optionsOf, usageOf } from './render-help.ts';

/** Every listed command with its options, in Markdown; part of docs/cli.md. */
export function renderCommandReference(commands: readonly Command[]): string {
  return commands
    .filter((command) => !command.hidden)
    .map((command) => {
      const { operand } = command;
      const rows = optionsOf(command).map(
        ({ usage, description, default: standard }) =>
          `| \`${usage}\` | ${standard === undefined ? '' : `\`${standard}\``} | ${description} |`,
      );
      return [
        `### \`courier ${usageOf(command)}\``,
        '',
        command.summary,
        '',
        ...(operand ? operandsOf(operand).flatMap(({ name, meaning }) => [`\`${name}\`: ${meaning}`, '']) : []),
        '| option | default | meaning |',
        '|---|---|---|',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
}
