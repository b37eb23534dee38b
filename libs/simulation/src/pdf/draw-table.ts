import { SlicedWork } from '@app/platform';
import { COLORS, type ReportPages } from './report-pages';
import { wrapText } from './wrap-text';

export interface Column {
  title: string;
  /** In points. */
  width: number;
  align?: 'left' | 'right' | 'center';
}

export type Cell = string | { text: string; color: string };

const SIZE = 8;
const PADDING_X = 4;
const PADDING_Y = 3.5;
const BORDER = 1;
/** A row is never higher than a page; nothing that the product lets in comes near it unless most of it has to be escaped. */
const LINES_MAX = 60;

interface LaidOutRow {
  cells: { lines: string[]; color: string }[];
  height: number;
}

/**
 * A table below what is there: a grey header row, which every page of the table begins with, a grid of one point, rows in turn light green
 * and white. No row is cut by the end of a page. Others get their turn in between: a table may have thousands of pages.
 */
export async function drawTable(
  pages: ReportPages,
  columns: readonly Column[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const header = layOut(
    pages,
    columns,
    columns.map(({ title }) => title),
    true,
  );
  const work = new SlicedWork();
  let count = 0;
  for (const row of rows) {
    const laidOut = layOut(pages, columns, row, false);
    const isFirst = count === 0;
    if (pages.room < laidOut.height + (isFirst ? header.height : 0)) pages.addPage();
    if (isFirst || pages.isAtTop) drawHeader(pages, columns, header);
    drawRow(pages, columns, laidOut, count % 2 === 0 ? COLORS.lightGreen : COLORS.white, false);
    count++;
    if (work.isDue) await work.turn();
  }
}

function drawHeader(pages: ReportPages, columns: readonly Column[], header: LaidOutRow): void {
  drawRow(pages, columns, header, COLORS.header, true);
}

function layOut(pages: ReportPages, columns: readonly Column[], row: readonly Cell[], isBold: boolean): LaidOutRow {
  const font = pages.font(isBold);
  const cells = columns.map(({ width }, index) => {
    const cell = row[index] ?? '';
    const text = font.printable(typeof cell === 'string' ? cell : cell.text);
    const color = isBold ? COLORS.headerText : typeof cell === 'string' ? COLORS.text : cell.color;
    const lines = wrapText(text, width - 2 * PADDING_X, (part) => font.widthOf(part, SIZE));
    return { lines: lines.length > LINES_MAX ? [...lines.slice(0, LINES_MAX - 1), '…'] : lines, color };
  });
  const lines = Math.max(...cells.map((cell) => cell.lines.length));
  return { cells, height: lines * font.lineHeight(SIZE) + 2 * PADDING_Y };
}

function drawRow(
  pages: ReportPages,
  columns: readonly Column[],
  { cells, height }: LaidOutRow,
  fill: string,
  isBold: boolean,
): void {
  const { document, y } = pages;
  const lineHeight = pages.font(isBold).lineHeight(SIZE);
  let x = pages.left;
  for (const [index, { width, align = 'left' }] of columns.entries()) {
    document.lineWidth(BORDER).rect(x, y, width, height).fillAndStroke(fill, COLORS.black);
    const { lines, color } = cells[index]!;
    const textX = align === 'left' ? x + PADDING_X : align === 'right' ? x + width - PADDING_X : x + width / 2;
    for (const [number, line] of lines.entries())
      pages.text(line, textX, y + PADDING_Y + number * lineHeight, { size: SIZE, isBold, color, align });
    x += width;
  }
  pages.y += height;
}
