import { readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

/** Puts what was measured into a document, between its two marks. Throws when it has none. */
export function writeReport(file: string, text: string): void {
  writeFileSync(file, replaceMeasured(readFileSync(file, 'utf8'), text));
}

/** The document with another text between its marks. */
export function replaceMeasured(document: string, text: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The document has no ${BEGIN} … ${END}.`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${document.slice(end)}`;
}
