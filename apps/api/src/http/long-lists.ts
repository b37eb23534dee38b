import { type FieldError, SlicedWork } from '@app/platform';
import { z } from 'zod';
import { InvalidItem } from './invalid-item';
import { type Issue, toFieldErrors } from './validation';

/** An answer names about this many problems; the rest of a long list is not looked at any more. */
const ISSUES_MAX = 100;
/** Where invalid items are kept, one names so many of its problems, and all together so many; each names one at least. */
const KEPT_PROBLEMS_MAX = 20;
const KEPT_PROBLEMS_OF_ALL_MAX = 10_000;

/**
 * Checks the list `key` of a body in slices, so that one long body does not hold up everybody else's requests, and stops when
 * there are enough problems to report. Where `keepsInvalid` says so of what is around the list, an item that is wrong becomes an
 * InvalidItem in its place instead. What is checked, and what the document shows, is the schema as it is.
 */
export function checkedInSlices<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  key: keyof Shape & string,
  keepsInvalid: (around: Readonly<Record<string, unknown>>) => boolean,
): z.ZodObject<Shape> {
  const list: unknown = schema.shape[key];
  if (!(list instanceof z.ZodArray) || !(list.element instanceof z.ZodType)) throw new Error(`${key} is no list`);
  const item = list.element;
  const around = schema.extend({ [key]: list.clone({ ...list.def, element: z.unknown() }) });
  const validate = async (value: unknown) => {
    const outer = around.safeParse(value);
    if (!outer.success) return { issues: outer.error.issues };
    const data: Record<string, unknown> = outer.data;
    const givens: unknown = data[key];
    const keeps = keepsInvalid(data);
    const issues: object[] = [];
    const items: unknown[] = [];
    let namedCount = 0;
    const work = new SlicedWork();
    for (const [index, given] of (Array.isArray(givens) ? givens : []).entries()) {
      const checked = check(item, given);
      if (!checked.issues) items.push(checked.value);
      else if (keeps) {
        const invalid = invalidItem(given, checked.issues, KEPT_PROBLEMS_OF_ALL_MAX - namedCount);
        namedCount += invalid.problems.length;
        items.push(invalid);
      } else for (const issue of checked.issues) issues.push({ ...issue, path: [key, index, ...(issue.path ?? [])] });
      if (issues.length > ISSUES_MAX) break;
      // An order of one line is checked in 10 µs, one that is wrong in every line in a millisecond.
      if (work.isDue) await work.turn();
    }
    work.end();
    return issues.length > 0 ? { issues } : { value: { ...data, [key]: items } };
  };
  return Object.defineProperty(schema, '~standard', {
    value: { ...schema['~standard'], validate },
  });
}

type Checked = { issues: readonly Issue[] } | { issues?: undefined; value: unknown };

/** The reader of the body may have found already what is wrong with an item. */
function check(item: z.ZodType, given: unknown): Checked {
  if (given instanceof InvalidItem)
    return { issues: given.problems.map(({ field, ...problem }) => ({ ...problem, path: field ? [field] : [] })) };
  const result = item.safeParse(given);
  return result.success ? { value: result.data } : { issues: result.error.issues };
}

function invalidItem(given: unknown, issues: readonly Issue[], left: number): InvalidItem {
  const problems: FieldError[] = issues.flatMap(toFieldErrors);
  return new InvalidItem(given, problems.slice(0, Math.max(1, Math.min(KEPT_PROBLEMS_MAX, left))), problems.length);
}
