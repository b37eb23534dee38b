/** The first lines of a generated document. */
export function heading(title, text) {
  return `<!-- Generated from the code by npm run generate. Do not edit. -->\n\n# ${title}\n\n${text}\n`;
}

export function table(columns, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return `\n${[line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

export function fence(language, text) {
  return `\n\`\`\`${language}\n${text}\n\`\`\`\n`;
}

export const code = (text) => `\`${text}\``;
