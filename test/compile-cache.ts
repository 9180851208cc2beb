import path from 'node:path';

/**
 * Where Node keeps what it compiled: many tests start the bundle, the command line or the app in a process of its own, and compiling them
 * is a fifth of what that costs. Node compares the sources before it takes anything from there.
 */
export const compileCache = {
  NODE_COMPILE_CACHE: path.join(import.meta.dirname, '../node_modules/.cache/node-compile'),
};
