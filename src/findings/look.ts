import type { IssueSnapshot } from './issue.ts';
import type { IssueLink, ObservedIssue } from './issue-link.ts';

/** When somebody looks at issues, and as whom Courier writes, where that matters (`needsSelf`). */
export type Look = {
  at: string;
  self: string | undefined;
  /** Of the people whose thumbs are new those that count, in small letters; absent: thumbs are not looked at. */
  mayRate?: ReadonlySet<string>;
};

/** An issue that is there, what Courier wrote to it, and how it stood the last time. */
export type Sight = Look & { issue: IssueSnapshot; link: IssueLink; before: ObservedIssue | undefined };
