import type { RunReport } from '../contracts/run-report';

/**
 * A run's report as a PDF: summary, every attempt, analysis, charts of its timing. The libraries that draw are loaded with the first
 * report, not with the process: about 100 ms and 30 MB.
 */
export async function renderPdfReport(report: RunReport, generatedAt: Date): Promise<NodeJS.ReadableStream> {
  const { drawReport } = await import('./draw-report.js');
  return drawReport(report, generatedAt);
}
