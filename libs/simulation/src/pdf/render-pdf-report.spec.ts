import { buffer } from 'node:stream/consumers';
import type { RunReport } from '@app/simulation';
import { readPdf } from '../../../../test/support/pdf';
import { anAttempt, aRunReport } from '../../../../test/support/simulation-report';
import { renderPdfReport } from './render-pdf-report';

const GENERATED_AT = new Date('2026-11-29T18:05:10Z');

describe('the PDF of a run', () => {
  it('has every attempt with its thread, status, details and result, and the figures of the console', async () => {
    const report = aRunReport();
    const { text } = await read(report);
    for (const { thread, details, reason, outcome } of report.attempts) {
      const result = outcome === 'inserted' ? 'Inserted into' : squeezed(reason!);
      const status = outcome === 'inserted' ? 'SUCCESS' : 'FAILED';
      expect(squeezed(text)).toContain(squeezed(`${thread} ${status} ${details} ${result}`));
    }
    for (const figure of [
      'Total Threads Used 10',
      'Execution Time 3.05 seconds',
      'Total Successful 26',
      'Total Failed 4',
      'Success Rate 86.7%',
      'In Flight at the Same Time at most 10, 7.41 on average',
      'users_db 8 2 80.0% None',
      'products_db 9 1 90.0% Price cannot be negative (1)',
      'Report generated on 2026-11-29 18:05:10 UTC',
      'Distributed Database System - Data Simulation',
    ])
      expect(text).toContain(figure);
  });

  it('has all its sections, in the order of the table of contents', async () => {
    const { text, outline } = await read(aRunReport());
    const sections = [
      'EXECUTIVE SUMMARY',
      'USERS TABLE (users_db)',
      'PRODUCTS TABLE (products_db)',
      'ORDERS TABLE (orders_db)',
      'DETAILED ANALYSIS',
      'THREADS',
      'TIMING',
      'HOW IT WAS RUN',
    ];
    expect(outline).toEqual(sections);
    const places = ['DISTRIBUTED DATABASE INSERTION REPORT', ...sections].map((section) => text.indexOf(section));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
  });

  it('begins every page of a long table with its header, and says on each which page it is', async () => {
    const attempts = Array.from({ length: 300 }, (_, index) => anAttempt({ index }));
    const { pages } = await read(aRunReport({ attempts }));
    const pagesOfTable = pages.filter((page) => page.includes('UserThread-'));
    expect(pagesOfTable.length).toBeGreaterThan(5);
    for (const page of pagesOfTable) expect(page).toContain('Thread Status Details Result/Error');
    for (const [index, page] of pages.entries()) expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    const listed = pages.join(' ').match(/UserThread-\d+/g) ?? [];
    expect(new Set(listed).size).toBe(300);
  });

  it('shows letters of other scripts as they are, and what nobody could see as what it is', async () => {
    const details = "User(id=1, name='Zoë Иван Ωμ', email='a\u202Eb\nc<br/>漢@example.com')";
    const { text } = await read(aRunReport({ attempts: [anAttempt({ details })] }));
    expect(squeezed(text)).toContain(
      squeezed("User(id=1, name='Zoë Иван Ωμ', email='a\\u{202E}b\\u{A}c<br/>\\u{6F22}@example.com')"),
    );
  });

  it.each([
    ['no row was attempted', aRunReport({ attempts: [], executionMs: 0, end: 'interrupted' }), 'No row was attempted.'],
    ['attempts took no time', aRunReport({ attempts: [anAttempt({ endMs: 0 })], executionMs: 0 }), 'UserThread-1'],
    [
      'a text is longer than a page',
      aRunReport({ attempts: [anAttempt({ details: 'x'.repeat(10_000) }), anAttempt({ index: 1 })] }),
      'UserThread-2',
    ],
  ])('is made even when %s', async (_, report, expected) => {
    expect((await read(report)).text).toContain(expected);
  });
});

async function read(report: RunReport) {
  return readPdf(await buffer(await renderPdfReport(report, GENERATED_AT)));
}

/** Where a cell breaks its lines is no part of the text. */
function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
