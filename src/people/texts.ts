/** Words for people, their duties, needs and whereabouts. */
export const peopleTexts = {
  people: {
    roles: { volunteer: '志愿者', organiser: '团长', gridWorker: '网格员', secretary: '社区书记' },
    presence: {
      home: '在家',
      away: '出门了',
      hospital: '住院',
      withFamily: '在子女家',
      movedOut: '已搬走',
      deceased: '已故',
      until: '到 {day}',
    },
    words: {
      sayWho: '我是{name}',
      endDevice: '让一台手机退出',
      setPresence: '{name}：{presence}',
      grantCare: '请{name}帮着办事',
      endGrant: '不再请{name}帮着办事',
      giveRole: '请{name}当{role}',
      endRole: '{name}不再当{role}',
      changeSettings: '改小区的设置',
    },
    refusals: {
      notAllowed: '这件事要本户的人或管这一格的网格员来办，没有办成。',
      overLimit: '请人帮忙最长 {days} 天，没有办成。到期可以再请。',
      expired: '选的日子已经过了，没有办成。请换一个日子。',
      closed: '这个人已经不在小区，没有办成。',
    },
  },
};
