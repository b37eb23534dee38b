import type { Judgement, Verdict } from './judge-settings';

const SHOWN: Readonly<Record<Verdict, string>> = { ok: 'ok', weak: 'WEAK', refused: 'REFUSED' };

/** One line per setting, in columns; the last line is the summary. */
export function judgementTable(judgements: readonly Judgement[]): string {
  const width = Math.max(...judgements.map(({ setting }) => setting.length));
  const lines = judgements.map(
    ({ setting, verdict, message }) => `${SHOWN[verdict].padEnd(7)}  ${setting.padEnd(width)}  ${message}`,
  );
  return [...lines, summary(judgements)].join('\n');
}

function summary(judgements: readonly Judgement[]): string {
  const count = (verdict: Verdict) => judgements.filter((each) => each.verdict === verdict).length;
  const [refused, weak] = [count('refused'), count('weak')];
  if (refused + weak === 0) return `All ${judgements.length} settings are as they should be.`;
  return `${refused} of ${judgements.length} settings refused, ${weak} weak.`;
}
