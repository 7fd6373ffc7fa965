import { describe, expect, it } from 'vitest';
import { wrapped, wrappedList } from './wrapped.ts';

/** Every sign as wide as one, a Latin one half of it. */
const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (/[ -~]/.test(sign) ? 0.5 : 1), 0);

describe('the lines of a picture', () => {
  it('break where the room ends', () => {
    expect(wrapped('还有三户没有消息', 4, widthOf)).toEqual(['还有三户', '没有消息']);
    expect(wrapped('三户', 4, widthOf)).toEqual(['三户']);
  });

  it('keep a door and a time whole', () => {
    expect(wrapped('没消息 3-2-501 田家', 5, widthOf)).toEqual(['没消息', '3-2-501 田', '家']);
  });

  it('begin with no mark that closes', () => {
    expect(wrapped('敲门没人一次。再去', 6, widthOf)).toEqual(['敲门没人一次。', '再去']);
  });

  it('lose nothing, and end also where a piece is wider than the room', () => {
    const words = '3-2-501-1234567890 周桂英';
    const lines = wrapped(words, 3, widthOf);
    expect(lines.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
  });

  it('are one empty line of nothing', () => {
    expect(wrapped('', 5, widthOf)).toEqual(['']);
  });
});

describe('the lines of a list', () => {
  it('break between its parts', () => {
    expect(wrappedList(['大米 2 袋', '鸡蛋 1 板', '葱 1 把'], 8, widthOf)).toEqual([
      '大米 2 袋、',
      '鸡蛋 1 板、',
      '葱 1 把',
    ]);
    expect(wrappedList(['大米 2 袋', '葱 1 把'], 20, widthOf)).toEqual(['大米 2 袋、葱 1 把']);
  });

  it('break within a part that is wider than the room, and lose nothing', () => {
    const parts = ['名字很长很长的一种青菜 2 份', '葱 1 把'];
    const lines = wrappedList(parts, 6, widthOf);
    expect(lines.join('').replace(/\s/g, '')).toBe(parts.join('、').replace(/\s/g, ''));
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(7);
    expect(lines.at(-1)).toBe('葱 1 把');
  });

  it('are none of nothing', () => {
    expect(wrappedList([], 5, widthOf)).toEqual([]);
  });
});
