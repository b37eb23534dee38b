import { z } from 'zod';

/**
 * A backup is gzipped SQL: two lines that begin with `--` and say what it is, one `copy … from stdin;` per table with its rows
 * and `\.` at their end, and a last line with the number of rows of each table, without which it is not whole. Any psql can load
 * the tables from it; `restore` reads the other lines as well.
 */
export const MAGIC = '-- order-fulfillment backup 1';

const headerSchema = z.object({
  takenAt: z.iso.datetime(),
  postgres: z.string(),
  /** Names of the applied migrations by context: the data fits exactly this schema. */
  migrations: z.record(z.string(), z.array(z.string())),
  /** The last value that each sequence gave, null when it gave none. */
  sequences: z.record(z.string(), z.number().nullable()),
});
export type BackupHeader = z.infer<typeof headerSchema>;

const trailerSchema = z.object({ rows: z.record(z.string(), z.number()) });
export type BackupTrailer = z.infer<typeof trailerSchema>;

/** The file is not a backup, or not a whole one. */
export class UnusableBackupError extends Error {
  constructor(reason: string) {
    super(`This is not a usable backup: ${reason}.`);
  }
}

export function noteLine(note: BackupHeader | BackupTrailer): string {
  return `-- ${JSON.stringify(note)}\n`;
}

export function parseHeader(line: string): BackupHeader {
  return parseNote(line, headerSchema, 'its second line does not say what it holds');
}

export function parseTrailer(line: string): BackupTrailer {
  return parseNote(line, trailerSchema, 'its end is missing');
}

function parseNote<Note>(line: string, schema: z.ZodType<Note>, reason: string): Note {
  try {
    return schema.parse(JSON.parse(line.replace(/^-- /, '')));
  } catch {
    throw new UnusableBackupError(reason);
  }
}
