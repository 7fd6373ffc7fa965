import type { Chance } from './chance.ts';

export type Sex = 'f' | 'm';

/** By frequency, the commonest several times. Every person of a rehearsal is made up; a likeness is chance. */
const SURNAMES = [
  ...'王李张刘陈王李张刘陈王李张杨黄赵吴周杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史陶贺毛郝顾龚邵万',
];

/** Given names as parents chose them, by the decade's taste: from this year of birth on. */
const GIVEN: readonly { readonly from: number; readonly f: readonly string[]; readonly m: readonly string[] }[] = [
  {
    from: 0,
    f: split('秀英 桂英 秀兰 玉兰 桂兰 淑珍 凤英 素珍 玉珍 桂芳 玉英 秀珍 月娥 银花 素芬 兰英 翠英 金凤 惠珍 彩云'),
    m: split('德才 福生 长根 永福 金宝 树林 庆丰 学文 宝山 春生 水根 文彬 炳坤 荣华 有才 贵生 玉堂 锦江 仁杰 兆祥'),
  },
  {
    from: 1950,
    f: split('秀芳 桂珍 淑华 玉梅 建英 爱华 春兰 红英 美华 丽华 月琴 玉芬 惠芳 爱珍 金娣 亚珍 素梅 凤珍 国英 巧云'),
    m: split('建国 国强 卫东 志刚 志明 建华 光明 国庆 援朝 解放 跃进 爱民 保国 明德 新民 立新 和平 国平 永康 建民'),
  },
  {
    from: 1970,
    f: split('丽娟 红霞 雪梅 晓燕 丽萍 海燕 艳玲 美玲 慧敏 静 敏 丽 玉洁 春华 小红 文静 雅琴 晓红 莉 秋菊'),
    m: split('伟 勇 军 强 磊 海涛 志勇 建军 晓峰 俊杰 文斌 明 国栋 鹏飞 振华 东升 立峰 宏伟 海波 少华'),
  },
  {
    from: 1988,
    f: split('婷婷 佳怡 雨桐 思琪 梦洁 欣怡 雅婷 若曦 雪 佳慧 诗雨 婉清 琳 晓彤 静怡 倩 丹妮 嘉欣 可欣 文婷'),
    m: split('浩然 宇航 子轩 文博 家骏 俊杰 天佑 明远 志远 嘉伟 博文 凯 泽宇 一鸣 晨 昊 睿 子豪 伟豪 思远'),
  },
  {
    from: 2008,
    f: split('梓涵 一诺 可馨 语桐 诗涵 若汐 依依 沐晴 欣妍 雨萱 乐瑶 安然 小满 书瑶 芷若 念慈 子衿 米朵 清和 知夏'),
    m: split('浩宇 子墨 梓轩 沐辰 宇轩 奕辰 一航 乐天 嘉木 景行 君浩 知远 亦凡 皓轩 若谷 天乐 承泽 星辰 辰逸 小川'),
  },
];

export function surname(chance: Chance): string {
  return chance.pick(SURNAMES);
}

/** A given name that fits the year of birth. */
export function givenName(chance: Chance, sex: Sex, birthYear: number): string {
  const era = GIVEN.findLast((one) => one.from <= birthYear) ?? GIVEN[0]!;
  return chance.pick(era[sex]);
}

function split(words: string): readonly string[] {
  return words.split(' ');
}
