import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Sides of what a finger must hit, px: WCAG 2.2 and 工信部 APP 适老化通用设计规范 (2021). */
const TARGET_PX = { any: 44, elderMain: 60 };
/** The least size of text in 长辈版, px (the same rule). */
const ELDER_TEXT_PX = 18;

/** The map of a building is a picture: what it shows of a door that wants something stands above it as a line of full size. */
const PICTURE = '.building .floor';

let axeSource: Promise<string> | undefined;

/** What axe finds wrong with the page, a line each. Given to the page from outside: its own policy lets no other script in. */
export async function axeViolations(page: Page): Promise<string[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axeSource);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return axe.run();
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `axe ${id}: ${help}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`.trim()),
  );
}

/**
 * Targets too small for a finger or covered by something, a line each. Measured by what a tap would really hit, so that a link whose whole line
 * can be tapped counts as large as its line. Links in running text are not meant.
 */
export function smallTargets(page: Page, isElder: boolean): Promise<string[]> {
  return page.evaluate(
    ({ least, main, picture }) => {
      const kinds = 'a[href], button, input, select, textarea, [role="button"]';
      const found: string[] = [];
      /** How far a tap still hits the element, going from its middle in one direction. */
      const reach = (element: Element, x: number, y: number, dx: number, dy: number): number => {
        let far = 0;
        while (far < main) {
          const hit = document.elementFromPoint(x + dx * (far + 1), y + dy * (far + 1));
          if (hit === null || !(element.contains(hit) || hit.closest('label')?.contains(element))) break;
          far++;
        }
        return far;
      };
      for (const element of document.querySelectorAll<HTMLElement>(kinds)) {
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        const style = getComputedStyle(element);
        const isInText = style.display === 'inline' && style.position === 'static' && element.closest('p, dd') !== null;
        if (isInText || element.closest(picture) !== null) continue;
        element.scrollIntoView({ block: 'center', inline: 'nearest' });
        const box = element.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 20);
        const top = document.elementFromPoint(x, y);
        const isHit = top !== null && (element.contains(top) || top.closest('label')?.contains(element) === true);
        // A disabled button must be seen, too: it says what to do next.
        if (!isHit) found.push(`covered: ${element.tagName} ${name} by ${top?.tagName} ${top?.className}`);
        if ((element as HTMLButtonElement).disabled) continue;
        const width = Math.max(box.width, reach(element, x, y, 1, 0) + reach(element, x, y, -1, 0) + 1);
        const height = Math.max(box.height, reach(element, x, y, 0, 1) + reach(element, x, y, 0, -1) + 1);
        const isMain = element.matches('.big, .tile, .primary');
        // Half a pixel is lost to rounding.
        const tooSmall = width < least - 0.5 || height < (isMain ? main : least) - 0.5;
        if (tooSmall) found.push(`target ${Math.round(width)}×${Math.round(height)}: ${element.tagName} ${name}`);
      }
      window.scrollTo(0, 0);
      return [...new Set(found)];
    },
    { least: TARGET_PX.any, main: isElder ? TARGET_PX.elderMain : TARGET_PX.any, picture: PICTURE },
  );
}

/** Text too small for 长辈版, a line each. */
export function smallTexts(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ least, picture }) => {
      const found = new Set<string>();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const [words, parent] = [node.textContent?.trim() ?? '', node.parentElement];
        // A lone mark is a shape, not text.
        if (!/[\p{L}\p{N}]/u.test(words) || parent === null || parent.closest(picture) !== null) continue;
        if (!parent.checkVisibility({ visibilityProperty: true })) continue;
        const box = parent.getBoundingClientRect();
        const size = Number.parseFloat(getComputedStyle(parent).fontSize);
        // What only a screen reader gets is clipped to a pixel.
        if (box.width > 1 && size < least) found.add(`text ${size} px: ${words.slice(0, 20)}`);
      }
      return [...found];
    },
    { least: ELDER_TEXT_PX, picture: PICTURE },
  );
}

/** Where the page is wider than its screen at 320 px, with text enlarged so many times as phones and WeChat do. Changes the page's size for good. */
export async function overflows(page: Page, textScale: number): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 640 });
  return page.evaluate((scale) => {
    document.documentElement.style.setProperty('-webkit-text-size-adjust', `${scale * 100}%`, 'important');
    document.documentElement.style.setProperty('text-size-adjust', `${scale * 100}%`, 'important');
    const wide = document.documentElement.scrollWidth;
    if (wide <= 320) return [];
    const widest = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > 321)
      .slice(-3)
      .map((element) => `${element.tagName}.${element.className} ${element.textContent?.trim().slice(0, 12)}`);
    return [`${wide} px wide at 320 px and ${scale * 100} % text: ${widest.join(' | ')}`];
  }, textScale);
}
