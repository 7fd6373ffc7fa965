import qrcode from 'qrcode-generator';
import { printedCode } from '../server/slip-codes.ts';

/** A slip as it is printed. Nobody's name: who finds it learns a door, no more. */
export interface PrintedSlip {
  /** `3-2-501` */
  readonly door: string;
  /** `3栋 2单元`: slips of one stairway are handed out together. */
  readonly stairway: string;
  readonly code: string;
  readonly link: string;
}

const STYLE = `
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; font: 12pt/1.4 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
section { break-after: page; }
section:last-child { break-after: auto; }
h1 { font-size: 14pt; margin: 0 0 4mm; }
.slips { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; }
.slip { border: 0.3mm dashed #000; padding: 4mm; break-inside: avoid; display: grid; grid-template-columns: 1fr 34mm; column-gap: 3mm; }
.door { font-size: 30pt; font-weight: 700; line-height: 1.1; margin: 0; white-space: nowrap; }
.place { margin: 0; font-size: 11pt; }
.how { margin: 3mm 0 0; font-size: 10pt; }
.code { grid-column: 1 / -1; margin: 2mm 0 0; text-align: end; font: 700 16pt/1.2 ui-monospace, Consolas, monospace; letter-spacing: 0.08em; }
svg { inline-size: 34mm; block-size: 34mm; }`;

/**
 * The page of sign-in slips to print and cut: A4, black and white, a new sheet for each stairway.
 * @param address where the code is typed by whoever cannot scan
 * @returns a complete HTML document
 */
export function slipsPage(community: string, address: string, slips: readonly PrintedSlip[]): string {
  const stairways = new Map<string, PrintedSlip[]>();
  for (const slip of slips) stairways.set(slip.stairway, [...(stairways.get(slip.stairway) ?? []), slip]);
  const sections = [...stairways].map(
    ([stairway, own]) => `<section>
<h1>${escape(community)} · ${escape(stairway)} · 住户卡 ${own.length} 张</h1>
<div class="slips">
${own.map((slip) => card(community, address, slip)).join('\n')}
</div>
</section>`,
  );
  return `<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>${escape(community)} 住户卡</title>
<style>${STYLE}</style>
</head>
<body>
${sections.join('\n')}
</body>
</html>
`;
}

function card(community: string, address: string, slip: PrintedSlip): string {
  return `<div class="slip">
<div>
<p class="place">${escape(community)}</p>
<p class="door">${escape(slip.door)}</p>
<p class="how">用手机扫右边的码，或打开 ${escape(address)} 输入下面的字。<br>请收好：拿着它就能替这一户办事。</p>
</div>
${qrSvg(slip.link)}
<p class="code">${printedCode(slip.code)}</p>
</div>`;
}

function qrSvg(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  return code.createSvgTag({ cellSize: 4, margin: 8, scalable: true });
}

function escape(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}
