import fc from 'fast-check';

// The suite judges a change, so it tries the same examples every time; FAST_CHECK_SEED=random (or a number) looks for new ones.
const seed = process.env.FAST_CHECK_SEED ?? '20261120';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
