const COLOURS = { api: 32, worker: 36, scheduler: 35, prepare: 33, postgres: 34, start: 1 };
const NAME_WIDTH = 9;

/**
 * Prints lines of several processes, each behind its name; names are coloured on a terminal. `onReaderGone` is called when
 * nobody reads the output any more (`npm start | head`).
 */
export function createConsoleLog({ onReaderGone }) {
  const coloured = hasColours();
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onReaderGone);
  const prefix = (name) => {
    const padded = name.padEnd(NAME_WIDTH);
    return coloured && COLOURS[name] ? `\x1b[${COLOURS[name]}m${padded}\x1b[0m` : padded;
  };
  return {
    line: (name, text) => process.stdout.write(`${prefix(name)} | ${text}\n`),
    plain: (text) => process.stdout.write(`${text}\n`),
  };
}

/** Whether output to the terminal may have colours (https://no-color.org). */
export const hasColours = () => Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
