// Ctrl-C below npm arrives twice, from the terminal and from npm; only a later one is the person's second.
const SAME_PRESS_MS = 1000;
const PARENT_CHECK_MS = 250;

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP. `signal` is aborted by the first (or by `request`), with the cause as its reason;
 * `onHurry` is called for each later one.
 */
export function listenForStop({ onHurry }) {
  const controller = new AbortController();
  let firstAt;
  const request = (cause) => controller.abort(cause);
  const onSignal = (name) => {
    if (!controller.signal.aborted) {
      firstAt = Date.now();
      request(name);
    } else if (Date.now() - (firstAt ?? 0) > SAME_PRESS_MS) {
      onHurry();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal);
  if (process.env.npm_lifecycle_event) watchParent(() => request('npm is gone'));
  return { signal: controller.signal, request };
}

// A killed npm, or a shell between that does not pass signals on, would leave this process running unseen.
function watchParent(onGone) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && onGone(), PARENT_CHECK_MS).unref();
}
