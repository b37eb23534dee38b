// Imported before anything else, so it keeps to syntax that old versions of Node can read: they must get the sentence, not
// a SyntaxError. The entry scripts load the rest with a dynamic import for the same reason.

/** Ends the process with one sentence unless this Node can load ES modules with `require`, which Nest 12 needs. */
export function ensureNode() {
  const [major = 0, minor = 0] = process.version.slice(1).split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  console.error(
    'Node.js 20.19 or newer is needed (22.12 or newer of Node 22), but this is ' +
      process.version +
      ': install a newer one and try again.',
  );
  process.exit(1);
}
