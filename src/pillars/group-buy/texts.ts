/** Words of group buy, in the order in which one meets them. */
export const groupBuyTexts = {
  groupBuy: {
    title: '买菜',
    toList: '看看别的团',
    noneOpen: '现在没有开着的团',
    noneOpenNext: '{title}，{when}开始',
    openOne: '开一个团',

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

    line: '{name} {quantity} {unit}',
    lineMore: '{lines} 等 {count} 样',
    standing: '订上了',
    orderCancelled: '取消了',

    seeOrder: '看看现在的订单',
    changeAndOrder: '改一改再订',
    seeRound: '看看这个团',

    words: {
      cancel: '取消订单：{title}',
      open: '开团：{title}',
      unknownItem: '（这样已经撤下）',
    },
    sub: '{title} · {total} 元',

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

    refusals: {
      soldOut: '送到时{name}只剩 {left} {unit}，不够 {asked} {unit}，没有订上。没有扣钱。',
      soldOutNone: '送到时{name}已经卖完，没有订上。没有扣钱。',
      overLimit: '{name}每户最多 {limit} {unit}，没有订上。没有扣钱。',
      closed: '{title}已经截止，没有办成。没有扣钱。',
      notOpenYet: '{title}还没开始，没有订上。没有扣钱。',
      nothingOrdered: '这个团里没有您家的订单，不用取消。',
      changedMeanwhile: '家里别的手机刚刚改过这份订单，您的这次没有写进去。没有扣钱。',
      notAllowed: '这件事要由这一户的人，或者得到授权的人来办，没有办成。没有扣钱。',
      notFound: '这个团或其中一样已经撤下，没有办成。没有扣钱。',
      alreadyThere: '这个团已经开过了，没有重复开。',
    },
  },
};
