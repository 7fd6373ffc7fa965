import { beforeAll, describe, expect, it } from 'vitest';
import { addTexts } from '../../../../client/i18n/i18n.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import { timeOn } from '../../../../domain/day.ts';
import { moneyTexts } from '../screen-texts.ts';
import { closingCsv, closingPicture, closingText, openDoors, sumLines } from './closing-words.ts';
import type { ClosingSheet } from '../money-view.ts';

const { t } = useTexts();
beforeAll(() => addTexts(moneyTexts));

const place = { building: '3栋', unit: '2', floor: 5, room: '501' };
const sheet: ClosingSheet = {
  id: 'r',
  title: '=蔬菜团',
  state: 'settled',
  communityName: '湖畔小区',
  closesAt: 0,
  at: timeOn('2026-11-22', '16:02'),
  sums: {
    totalFen: 7_780,
    paidFen: 4_000,
    refundedFen: 0,
    owedFen: 3_800,
    isOwedFen: 20,
    supplierFen: 5_000,
    cashFen: -1_000,
    bookFen: 0,
  },
  doors: [
    { ...place, householdId: 'a', door: '3-2-501', state: 'placed', totalFen: 3_800, paidFen: 0, refundedFen: 0 },
    { ...place, householdId: 'b', door: '12-1-502', state: 'placed', totalFen: 3_980, paidFen: 4_000, refundedFen: 0 },
  ],
  items: [
    {
      id: 'egg',
      name: '+鸡蛋,大',
      unit: '板',
      ordered: 3,
      given: 2,
      goodsFen: 7_600,
      similarFen: 280,
      allowanceFen: 100,
    },
  ],
  receipts: [
    { fen: 5_000, supplier: '=HYPERLINK("x")', addedAt: timeOn('2026-11-21', '09:00'), addedByName: '何志远' },
  ],
  book: [
    { kind: 'order', entries: 2, householdsFen: 7_780, goodsFen: -7_780, cashFen: 0 },
    { kind: 'payment', entries: 1, householdsFen: -4_000, goodsFen: 0, cashFen: 4_000 },
    { kind: 'supplier', entries: 1, householdsFen: 0, goodsFen: 5_000, cashFen: -5_000 },
  ],
};

describe('the closing sheet', () => {
  it('as a table keeps names that begin like a formula as text, and sums as plain numbers', () => {
    const lines = closingCsv(sheet, t).split('\r\n');
    expect(lines[0]).toBe("\uFEFF湖畔小区,'=蔬菜团,2026-11-22 16:02");
    expect(lines).toContain('垫出去了,10');
    expect(lines).toContain(`"'+鸡蛋,大",板,3,2,76,2.8,1,77.8`);
    expect(lines).toContain('3-2-501室,38,0,0,38');
    expect(lines).toContain('12-1-502室,39.8,40,0,-0.2');
    expect(lines).toContain(`"'=HYPERLINK(""x"")",50,2026-11-21,何志远`);
    expect(lines).toContain('下单,2,77.8,-77.8,0,0');
    expect(lines).toContain('付给供货的,1,0,50,-50,0');
  });

  it('as text for a group holds sums and goods, and no door', () => {
    const text = closingText(sheet, t);
    expect(text).toContain('=蔬菜团 结账单\n截至 2026-11-22 16:02\n+鸡蛋,大 2 板，77.80 元\n该收的一共 77.80 元');
    expect(text).not.toContain('501');
    expect(JSON.stringify(closingPicture(sheet, t))).not.toContain('501');
    expect(text).not.toMatch(/\{|buyMoney\./);
  });

  it('leaves out what is nothing, but for what came and what is in hand', () => {
    const sums = { ...sheet.sums, paidFen: 0, isOwedFen: 0, supplierFen: 0, cashFen: 0 };
    expect(sumLines(sums).map(({ name }) => name)).toEqual(['total', 'paid', 'owed', 'cash']);
  });

  it('names who still owes, and who is owed', () => {
    expect(openDoors(sheet).owing.map((one) => one.door)).toEqual(['3-2-501']);
    expect(openDoors(sheet).owed.map((one) => one.door)).toEqual(['12-1-502']);
  });
});
