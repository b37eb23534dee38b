import ts from 'typescript';
import { type Finding, finding, nodes, type Source } from './source-tree';

/**
 * Where production code asserts a type that the compiler cannot know (`as`, but not `as const`), and how often. Each is a place where
 * nobody checks what was written. A typed row, a guard or a schema does: before a file comes in here, look for one of them.
 */
export const CASTS: Readonly<Record<string, number>> = {
  // Names that are taken out of a text, or values that are written by one of several functions.
  'apps/api/src/http/row-change.response.ts': 1,
  'apps/api/src/http/validation.ts': 1,
  'libs/platform/src/config/load-config.ts': 1,
  // Objects that are made key by key.
  'libs/platform/src/state-table.ts': 1,
  'libs/platform/src/typed-records.ts': 3,
  'libs/platform/src/errors/domain-error.ts': 1,
  // An item of a list of results, which may be undefined by its type.
  'libs/platform/src/database/group-commit.ts': 1,
  'libs/client/src/problem-error.ts': 1,
  // Types of others that say less, or something else, than what they are.
  'apps/api/src/openapi/complete-document.ts': 3,
  'libs/client/src/client.ts': 2,
  'libs/messaging/src/transports/bullmq/bullmq-connection.ts': 4,
  'libs/messaging/src/transports/bullmq/redis-faults.ts': 2,
  'libs/platform/src/backup/backup-reader.ts': 1,
  'libs/platform/src/backup/write-backup.ts': 1,
  'libs/platform/src/database/bounded-client.ts': 4,
  'libs/platform/src/database/prepared.ts': 2,
};

/** More than this in all would mean that the list was made longer instead of the code safer. */
export const CASTS_MAX = 30;

/** The casts of a file that has another number of them than the list says. */
export function uncountedCasts(tree: readonly Source[]): Finding[] {
  return tree.flatMap((source) => {
    const casts = nodes(source, isCast);
    const expected = CASTS[source.path] ?? 0;
    if (casts.length === expected) return [];
    const what = `${casts.length} casts, and test/architecture/casts.ts says ${expected}`;
    return casts.length === 0
      ? [finding(source, source.ast, what)]
      : casts.map((cast) => finding(source, cast.type, what));
  });
}

function isCast(node: ts.Node): node is ts.AssertionExpression {
  return ts.isAssertionExpression(node) && !ts.isConstTypeReference(node.type);
}
