/** Something that the person at the terminal can mend. Its message is one clear sentence and is shown without a stack. */
export class Problem extends Error {}

/** The person asked to stop while something was going on. */
export class Stopped extends Error {}

/** Runs a command's main function, which resolves to the exit code. */
export async function runMain(main) {
  try {
    process.exit(await main());
  } catch (error) {
    process.stderr.write(`${error instanceof Problem ? error.message : error.stack}\n`);
    process.exit(1);
  }
}
