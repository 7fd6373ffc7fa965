import { describe, expect, test } from 'vitest';
import { chineseVoice, inGoes } from './use-read-aloud.ts';

describe('a text is read sentence by sentence', () => {
  test.each([
    ['明天停水。请接水！', ['明天停水。', '请接水！']],
    ['标题\n\n正文', ['标题', '正文']],
    ['', []],
    ['。。', []],
  ])('%j', (text, expected) => {
    expect(inGoes(text)).toEqual(expected);
  });

  test('a long one is cut at its last comma, and nothing is lost', () => {
    const long = `${'水'.repeat(100)}，${'电'.repeat(300)}`;
    const goes = inGoes(long);
    expect(goes[0]).toBe(`${'水'.repeat(100)}，`);
    expect(goes.every((go) => go.length <= 120)).toBe(true);
    expect(goes.join('')).toBe(long);
  });
});

describe('the voice', () => {
  const of = (lang: string, localService = true) => ({ lang, localService });
  test.each([
    ['is the mainland one where there are several', [of('zh-TW'), of('zh_CN')], 'zh_CN'],
    ['is another Chinese one for want of it', [of('en-US'), of('zh-TW')], 'zh-TW'],
    ['is none where only a server has it', [of('zh-CN', false)], undefined],
    ['is never Cantonese', [of('zh-HK'), of('yue-CN')], undefined],
    ['is none on a phone without Chinese', [of('en-US')], undefined],
  ])('%s', (_, voices, expected) => {
    expect(chineseVoice(voices)?.lang).toBe(expected);
  });
});
