import { Progress } from './progress';

function progressOn(isTTY: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const output = { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  return { progress: new Progress(output, () => clock.ms), written, clock };
}

describe('Progress', () => {
  it('writes a line every five seconds where there is no terminal', () => {
    const { progress, written, clock } = progressOn(false);
    for (; clock.ms <= 12_000; clock.ms += 100) progress.show(`at ${clock.ms}`);
    progress.clear();
    expect(written).toEqual(['at 5000\n', 'at 10000\n']);
  });

  it('changes one line on a terminal, at most ten times a second, and takes it away', () => {
    const { progress, written, clock } = progressOn(true);
    for (; clock.ms < 300; clock.ms += 10) progress.show(`at ${clock.ms}`);
    progress.clear();
    expect(written).toEqual(['\r\u001B[2Kat 0', '\r\u001B[2Kat 100', '\r\u001B[2Kat 200', '\r\u001B[2K']);
  });
});
