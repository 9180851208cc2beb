import { z } from 'zod';

// The messages here complete the sentence "expected …, got …" of parse-config.ts.

/** One line or more of text; never empty. */
export const Text = z.string().min(1, 'text that is not empty');

/** A key that people choose: a scan, a check, a command, a blueprint. */
export const Name = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,63}$/, 'a name of at most 64 letters, digits, ".", "_" or "-" that starts with a letter');

/** A file pattern below the repository's root. A leading `!` excludes. */
export const Glob = z
  .string()
  .regex(
    /^(?!!?\/)(?!!?[A-Za-z]:)(?!(?:.*\/|!)?\.\.(?:\/|$))[^\\\p{Cc}]+$/u,
    'a path or pattern below the repository\'s root: relative, with "/", without ".."',
  );

/** A host name, perhaps with a port, or with `*.` for everything below it. */
export const Host = z
  .string()
  .regex(
    /^(?:\*\.)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?::\d{1,5})?$/,
    'a host name such as packages.example.com or *.example.com, without a scheme or path',
  );

/** `owner/name` of a repository on GitHub. */
export const RepositoryName = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/(?!\.{1,2}$)[\w.-]{1,100}$/, 'owner/name of a repository');

/** A branch name that git accepts and that leaves `courier/…` free for the branches of runs. */
export const BranchName = z
  .string()
  .regex(
    /^(?!courier$)(?![-/.])(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)|[/.]$))[\w./@-]{1,200}$/,
    'a branch name other than "courier" (git cannot hold it beside courier/issue-7)',
  );

/** A login that issues can be assigned to. */
export const Login = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62})(?:\[bot\])?$/, 'a login without "@"');

/** A day of the calendar. YAML 1.2 reads one as text, quoted or not. */
export const Day = z.iso.date('a day as YYYY-MM-DD');

/** US dollars. */
export const Dollars = z.number().min(0).max(100_000);
