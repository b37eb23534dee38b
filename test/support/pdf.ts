import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const contents = z.object({ pages: z.array(z.string()), outline: z.array(z.string()) });

/** What a PDF says, by page, with one blank for each gap, and its table of contents. Throws when it is none. */
export function readPdf(bytes: Buffer): { pages: string[]; text: string; outline: string[] } {
  const printed = execFileSync(process.execPath, [join(__dirname, 'read-pdf.mjs')], {
    input: bytes,
    maxBuffer: 2 ** 26,
  });
  const { pages, outline } = contents.parse(JSON.parse(printed.toString()));
  return { pages: pages.map(oneBlank), text: oneBlank(pages.join(' ')), outline };
}

function oneBlank(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
