import { handOutTexts } from './hand-out/texts.ts';

/** Words of group buy, in the order in which one meets them. */
export const groupBuyTexts = {
  ...handOutTexts,
  groupBuy: {
    title: '买菜',
    noneOpen: '现在没有开着的团',
    noneOpenNext: '{title}，{when}开始',

    andMore: '{first}等 {count} 样',
    missing: '还差 {count} 份成团',
    reached: '已经成团',
    ordered: '已订 {count} 份',
    progress: '已订 {portions} 份，{minimum} 份成团',
    orderBefore: '{when}前订',
    opensAt: '{when}开始',
    closedAt: '{when}截止了',
    closed: '已截止',
    cancelled: '没有成团，已取消',
    calledOff: '团长取消了',

    line: '{name} {quantity} {unit}',
    lineMore: '{lines} 等 {count} 样',
    standing: '订上了',
    orderCancelled: '取消了',
    chip: {
      unpaid: '要付 {yuan} 元',
      back: '等退 {yuan} 元',
      unseen: '团长还没点收到',
      ordered: '团长下单了',
      arrived: '货到了，在分',
      onItsWay: '楼道里在送',
      toFetch: '可以去拿了',
      handed: '送到了',
      fetched: '拿到了',
      problem: '没交到手',
      notReached: '没有成团',
      calledOff: '团长取消了',
      nothingCame: '这次没分到',
      waiting: '有货给我留',
      answered: '团长回复了',
    },

    sub: '{title} · {total} 元',
    claimSub: '{title} · 坏了、少了',

    moment: {
      today: {
        dawn: '今天凌晨 {clock}',
        morning: '今天上午 {clock}',
        noon: '今天中午 {clock}',
        afternoon: '今天下午 {clock}',
        evening: '今晚 {clock}',
      },
      tomorrow: {
        dawn: '明天凌晨 {clock}',
        morning: '明天上午 {clock}',
        noon: '明天中午 {clock}',
        afternoon: '明天下午 {clock}',
        evening: '明晚 {clock}',
      },
      yesterday: {
        dawn: '昨天凌晨 {clock}',
        morning: '昨天上午 {clock}',
        noon: '昨天中午 {clock}',
        afternoon: '昨天下午 {clock}',
        evening: '昨晚 {clock}',
      },
      other: {
        dawn: '{month} 月 {date} 日凌晨 {clock}',
        morning: '{month} 月 {date} 日上午 {clock}',
        noon: '{month} 月 {date} 日中午 {clock}',
        afternoon: '{month} 月 {date} 日下午 {clock}',
        evening: '{month} 月 {date} 日晚上 {clock}',
      },
      oclock: '{hour} 点',
      half: '{hour} 点半',
      minutes: '{hour} 点 {minute} 分',
    },
  },
};
