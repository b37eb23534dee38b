import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- chaos matrix -->';
const END = '<!-- /chaos matrix -->';
const INTRODUCTION = `# Reliability

What the chaos suite showed in its last reported run; \`npm run chaos -- --report\` writes it anew.

${BEGIN}
${END}
`;

/** Puts the matrix between its markers in the document, which is made when it is not there, and formats it as the project does. */
export async function writeReport(
  file: string,
  matrix: string,
  format: (markdown: string) => Promise<string>,
): Promise<void> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : INTRODUCTION;
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} lacks its markers ${BEGIN} and ${END}`);
  writeFileSync(file, await format(`${text.slice(0, begin + BEGIN.length)}\n\n${matrix}\n\n${text.slice(end)}`));
}
