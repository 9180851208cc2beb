import { z } from 'zod';
import { levels } from './raw-result.ts';

// Lenient: only what is read here has to have the right type; tools leave out, rename and add the rest.
const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const level = z.enum(levels).optional().catch(undefined);

const Message = z.looseObject({
  text,
  markdown: text,
  id: text,
  arguments: z.array(z.string()).optional().catch(undefined),
});

const ArtifactLocation = z.looseObject({ uri: text, uriBaseId: text, index: number });
export type ArtifactLocation = z.infer<typeof ArtifactLocation>;

const Region = z.looseObject({
  startLine: number,
  endLine: number,
  snippet: z.looseObject({ text }).optional().catch(undefined),
});

const Location = z.looseObject({
  physicalLocation: z
    .looseObject({
      artifactLocation: ArtifactLocation.optional().catch(undefined),
      region: Region.optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

const Properties = z
  .looseObject({
    tags: z.array(z.string()).optional().catch(undefined),
    'security-severity': z.union([z.string(), z.number()]).optional().catch(undefined),
    cwe: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

const Rule = z.looseObject({
  id: z.string(),
  name: text,
  shortDescription: Message.optional().catch(undefined),
  fullDescription: Message.optional().catch(undefined),
  help: Message.optional().catch(undefined),
  helpUri: text,
  messageStrings: z.record(z.string(), Message).optional().catch(undefined),
  defaultConfiguration: z.looseObject({ level }).optional().catch(undefined),
  relationships: z
    .array(
      z.looseObject({
        target: z.looseObject({
          id: text,
          toolComponent: z.looseObject({ name: text }).optional().catch(undefined),
        }),
      }),
    )
    .optional()
    .catch(undefined),
  properties: Properties,
});
export type SarifRule = z.infer<typeof Rule>;

const Component = z.looseObject({
  name: text,
  version: text,
  semanticVersion: text,
  rules: z.array(Rule).optional().catch(undefined),
  globalMessageStrings: z.record(z.string(), Message).optional().catch(undefined),
});

const Result = z.looseObject({
  ruleId: text,
  ruleIndex: number,
  rule: z
    .looseObject({
      id: text,
      index: number,
      toolComponent: z.looseObject({ index: number }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  kind: text,
  level,
  message: Message.optional().catch(undefined),
  locations: z.array(Location).nullish().catch(undefined),
  baselineState: text,
  suppressions: z
    .array(z.looseObject({ status: text }))
    .nullish()
    .catch(undefined),
  properties: Properties,
});
export type SarifResult = z.infer<typeof Result>;

const Notification = z.looseObject({ level: text, message: Message.optional().catch(undefined) });

const Run = z.looseObject({
  tool: z.looseObject({ driver: Component, extensions: z.array(Component).optional().catch(undefined) }),
  results: z.array(Result).nullish(),
  artifacts: z
    .array(z.looseObject({ location: ArtifactLocation.optional().catch(undefined) }))
    .optional()
    .catch(undefined),
  originalUriBaseIds: z.record(z.string(), ArtifactLocation).optional().catch(undefined),
  invocations: z
    .array(
      z.looseObject({
        executionSuccessful: z.boolean().optional().catch(undefined),
        exitCodeDescription: text,
        toolExecutionNotifications: z.array(Notification).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});
export type SarifRun = z.infer<typeof Run>;

/** A SARIF 2.x log, as far as Courier reads it. */
export const SarifLog = z.looseObject({ version: z.string().regex(/^2\./), runs: z.array(Run).min(1) });
