import PDFDocument from 'pdfkit';
import type { ReportFont, ReportFonts } from './fonts';

export const COLORS = {
  black: '#000000',
  text: '#1a1a1a',
  muted: '#555555',
  rule: '#c8c8c8',
  header: '#808080',
  headerText: '#ffffff',
  lightGreen: '#d8f3d8',
  white: '#ffffff',
  failed: '#b00020',
  user: '#2a6f97',
  product: '#e08e2b',
  order: '#6a4c93',
} as const;

const MARGIN = 40;
const FOOTER_HEIGHT = 30;
const FOOTER_SIZE = 7.5;

interface TextStyle {
  size?: number;
  isBold?: boolean;
  color?: string;
  /** What `x` is of the text. */
  align?: 'left' | 'center' | 'right';
}

/** The pages of a report: where the next thing goes, texts in the report's fonts, and a foot on every page at the end. */
export class ReportPages {
  readonly document: PDFKit.PDFDocument;
  readonly left = MARGIN;
  readonly width: number;
  /** Where the next thing goes. */
  y = MARGIN;
  private readonly bottom: number;

  constructor(
    readonly fonts: ReportFonts,
    info: { title: string; author: string; subject: string; creationDate: Date },
  ) {
    this.document = new PDFDocument({
      size: 'A4',
      margin: 0,
      // The foot says how many pages there are, which is known at the end.
      bufferPages: true,
      pdfVersion: '1.7',
      lang: 'en',
      displayTitle: true,
      info: {
        Title: info.title,
        Author: info.author,
        Subject: info.subject,
        Producer: info.author,
        Creator: info.author,
        CreationDate: info.creationDate,
      },
    });
    this.document.registerFont('regular', fonts.regular.file);
    this.document.registerFont('bold', fonts.bold.file);
    this.width = this.document.page.width - 2 * MARGIN;
    this.bottom = this.document.page.height - MARGIN - FOOTER_HEIGHT;
  }

  /** What is left of this page. */
  get room(): number {
    return this.bottom - this.y;
  }

  /** Nothing stands on this page yet. */
  get isAtTop(): boolean {
    return this.y === MARGIN;
  }

  addPage(): void {
    this.document.addPage();
    this.y = MARGIN;
  }

  /** Begins a page when what comes is higher than what is left of this one. */
  ensureRoom(height: number): void {
    if (height > this.room) this.addPage();
  }

  /** One line, its upper edge at `y`. It is the caller's matter that it fits. */
  text(text: string, x: number, y: number, { size = 9, isBold = false, color, align = 'left' }: TextStyle = {}): void {
    const printable = this.font(isBold).printable(text);
    const width = align === 'left' ? 0 : this.font(isBold).widthOf(printable, size);
    const start = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x;
    this.document
      .font(isBold ? 'bold' : 'regular', size)
      .fillColor(color ?? COLORS.text)
      .text(printable, start, y, { lineBreak: false });
  }

  /** A line of text below what is there. */
  line(text: string, style: TextStyle = {}): void {
    const height = this.font(style.isBold ?? false).lineHeight(style.size ?? 9);
    this.ensureRoom(height);
    const x = style.align === 'center' ? this.left + this.width / 2 : this.left;
    this.text(text, x, this.y, style);
    this.y += height;
  }

  /** The title of a section, which begins a page when not `roomFor` points of the section would stand on this one. */
  heading(title: string, roomFor = 90): void {
    this.y += 14;
    this.ensureRoom(roomFor);
    this.document.outline.addItem(title);
    this.line(title, { size: 13, isBold: true });
    this.y += 5;
  }

  font(isBold: boolean): ReportFont {
    return isBold ? this.fonts.bold : this.fonts.regular;
  }

  /** Writes the foot of every page and ends the document. */
  end(leftText: string, rightText: string): void {
    const { start, count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(start + page);
      const y = this.bottom + FOOTER_HEIGHT / 2;
      const right = this.left + this.width;
      this.document.lineWidth(0.5).strokeColor(COLORS.rule);
      this.document.moveTo(this.left, y).lineTo(right, y).stroke();
      const style = { size: FOOTER_SIZE, color: COLORS.muted };
      this.text(leftText, this.left, y + 5, style);
      this.text(`Page ${page + 1} of ${count}`, this.left + this.width / 2, y + 5, { ...style, align: 'center' });
      this.text(rightText, right, y + 5, { ...style, align: 'right' });
    }
    this.document.end();
  }
}
