import { SlicedWork } from '@app/platform';
import { z } from 'zod';

/** An answer names about this many problems; the rest of a long list is not looked at any more. */
const ISSUES_MAX = 100;

/**
 * Checks the list `key` of a body in slices, so that one long body does not hold up everybody else's requests, and stops when
 * there are enough problems to report. What is checked, and what the document shows, is the schema as it is.
 */
export function checkedInSlices<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  key: keyof Shape & string,
): z.ZodObject<Shape> {
  const list = schema.shape[key] as unknown as z.ZodArray<z.ZodType>;
  const item = list.element;
  const around = schema.extend({ [key]: list.clone({ ...list.def, element: z.unknown() }) });
  const validate = async (value: unknown) => {
    const outer = around.safeParse(value);
    if (!outer.success) return { issues: outer.error.issues };
    const issues: z.core.$ZodIssue[] = [];
    const items: unknown[] = [];
    const work = new SlicedWork();
    for (const [index, given] of (outer.data as Record<string, unknown[]>)[key]!.entries()) {
      const result = item.safeParse(given);
      if (result.success) items.push(result.data);
      else for (const issue of result.error.issues) issues.push({ ...issue, path: [key, index, ...issue.path] });
      if (issues.length > ISSUES_MAX) break;
      // An order of one line is checked in 10 µs, one that is wrong in every line in a millisecond.
      if (work.isDue) await work.turn();
    }
    return issues.length > 0 ? { issues } : { value: { ...outer.data, [key]: items } };
  };
  return Object.defineProperty(schema, '~standard', {
    value: { ...(schema as z.ZodType)['~standard'], validate },
  });
}
