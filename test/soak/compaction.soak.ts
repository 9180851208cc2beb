import { it } from 'vitest';
import { eventsOfASummary, expectSurvived } from '../agents/compacted.ts';

it.each(Array.from({ length: eventsOfASummary }, (_, at) => at))(
  'the summary of the service is survived where its stream breaks after %i events, and nothing happens twice',
  expectSurvived,
);
