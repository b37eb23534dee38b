import { InvalidInputError, issueSentence } from '@app/platform';
import { parse } from 'csv-parse/sync';
import { ENTITIES } from '../contracts/attempt';
import { type SimulationRows, simulationRowsSchema } from '../contracts/simulation-rows';

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  user: ['id', 'name', 'email'],
  product: ['id', 'name', 'price'],
  order: ['id', 'user_id', 'product_id', 'quantity'],
};
const TEXTS = new Set(['name', 'email']);
const PROBLEMS_SHOWN = 10;

/**
 * Rows from a table whose first line names its columns: `entity`, `id`, and those of the entities; what an entity does not have is
 * left empty. Throws InvalidInputError, which names the line.
 */
export function rowsFromCsv(text: string): SimulationRows {
  const lists: Record<string, unknown[]> = { user: [], product: [], order: [] };
  const lines: Record<string, number[]> = { user: [], product: [], order: [] };
  for (const { record, info } of parsed(text)) {
    const entity = record.entity?.trim() ?? '';
    const columns = COLUMNS[entity];
    if (!columns)
      throw new InvalidInputError(
        `Line ${info.lines}: entity must be one of ${ENTITIES.join(', ')}, and is "${entity}".`,
      );
    lists[entity]?.push(Object.fromEntries(columns.map((name) => [name, valueOf(name, record[name] ?? '')])));
    lines[entity]?.push(info.lines);
  }
  const rows = simulationRowsSchema.safeParse(
    { users: lists.user, products: lists.product, orders: lists.order },
    { error: issueSentence },
  );
  if (rows.success) return rows.data;
  const problems = rows.error.issues.slice(0, PROBLEMS_SHOWN).map(({ path: [list, index, field], message }) => {
    const line = lines[String(list).replace(/s$/, '')]?.[Number(index)];
    return line === undefined ? `${String(list ?? 'rows')}: ${message}` : `line ${line}, ${String(field)}: ${message}`;
  });
  throw new InvalidInputError(`The rows cannot be used:\n${problems.join('\n')}`);
}

function parsed(text: string): { record: Record<string, string | undefined>; info: { lines: number } }[] {
  try {
    return parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, relax_column_count_less: true });
  } catch (error) {
    throw new InvalidInputError(`The rows cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A price that is missing is a row without one, which is for the rules to judge. */
function valueOf(column: string, text: string): string | number | null {
  if (TEXTS.has(column)) return text;
  if (text.trim() === '') return column === 'price' ? null : NaN;
  return Number(text);
}
