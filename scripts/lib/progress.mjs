const REMINDER_MS = 5000;

/**
 * Prints what is being done: `line` at once, `step` with its duration and, every five seconds, a reminder with what `detail`
 * then says.
 */
export function createProgress(line) {
  return {
    line,
    async step(title, work, detail = () => '') {
      const startedAt = Date.now();
      const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
      line(`${title} …`);
      const reminder = setInterval(() => line(`${title}: still going on after ${seconds()}${detail()}`), REMINDER_MS);
      try {
        const result = await work();
        line(`${title}: done in ${seconds()}`);
        return result;
      } finally {
        clearInterval(reminder);
      }
    },
  };
}
