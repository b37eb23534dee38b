import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Engine, renderPdfReport, type RuleSet, type RunReport } from '@app/simulation';
import { Command } from 'commander';
import { interruption } from '../interruption';
import { grouped } from '../options';
import type { ConfigFor } from '../config-for';
import { exitCodeOf, runOnTerminal } from '../simulation/run-on-terminal';
import { withRunOptions } from '../simulation/simulation-options';

interface PdfOptions {
  threads: number;
  engine: Engine;
  rules: RuleSet;
  shards: number;
  delayMs: number;
  output: string;
  json?: boolean;
}

export function generatePdfReportCommand(config: ConfigFor): Command {
  return withRunOptions(new Command('generate_pdf_report'), 'strict')
    .description('insert the thirty built-in rows into three databases at once, and write a PDF about it')
    .option('--output <file>', 'the PDF; one that is there is replaced', 'insertion_report.pdf')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
The stores are emptied first. Exit code 0 also when rows were refused by a rule; 1 when a store or a thread failed; 130 after
Ctrl-C, with a report of what was done until then.`,
    )
    .action(async (options: PdfOptions) => generate(config, options));
}

async function generate(config: ConfigFor, { output, json, ...wish }: PdfOptions): Promise<void> {
  const file = resolve(output);
  const part = `${file}.part`;
  // Before the run: its result must not be lost because of a name.
  await requireWritable(file, part);
  try {
    const signal = interruption();
    const report = await runOnTerminal(config, wish, { signal, showsProgress: true });
    await pipeline(await renderPdfReport(report, new Date()), createWriteStream(part));
    const { size } = await stat(part);
    await rename(part, file);
    console.log(json ? JSON.stringify({ file, bytes: size, ...figuresOf(report) }, null, 2) : said(report, file, size));
    if (report.end === 'interrupted') signal.throwIfAborted();
    process.exitCode = exitCodeOf(report);
  } finally {
    await rm(part, { force: true });
  }
}

function figuresOf({ runId, options, executionMs, summary }: RunReport) {
  const { inserted, failed, successRatePercent } = summary;
  return { runId, threads: options.threads, executionMs, inserted, failed, successRatePercent };
}

function said({ options, executionMs, summary }: RunReport, file: string, bytes: number): string {
  return [
    `Wrote ${file}: ${grouped(bytes)} bytes.`,
    `Threads Used: ${options.threads}, ${(executionMs / 1000).toFixed(2)} seconds, ${summary.inserted} inserted, ` +
      `${summary.failed} failed, success rate ${summary.successRatePercent.toFixed(1)}%`,
  ].join('\n');
}

/** Throws when the report could not be written there. */
async function requireWritable(file: string, part: string): Promise<void> {
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder)
    throw new Error(`--output: ${file} is a folder. Name a file in it, such as ${file}/insertion_report.pdf.`);
  try {
    await (await open(part, 'w')).close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`--output: nothing can be written to ${dirname(file)} (${why}). Choose another file.`, {
      cause: error,
    });
  }
}
