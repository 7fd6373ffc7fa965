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
      setPresenceUntil: '{name}：{presence}，{day}回来',
      daily: '{name}：每天问候',
      notDaily: '{name}：不用每天问候',
      quiet: '{name}：不用天天报',
      notQuiet: '{name}：还是天天报',
      setGuardian: '{name}有事找{guardian}',
      noGuardian: '{name}：不写有事找谁了',
      grantCare: '请{name}帮着办事',
      endGrant: '不再请{name}帮着办事',
      giveRole: '请{name}当{role}',
      endRole: '{name}不再当{role}',
      changeSettings: '改小区的设置',
    },
    refusals: {
      notAllowed: '这件事要本户的人或管这一格的网格员来办，没有办成。',
      overLimit: '最长 {days} 天，没有办成。请选近一点的日子，到期可以再办。',
      expired: '选的日子已经过了，没有办成。请换一个日子。',
      closed: '这个人已经不在小区，没有办成。',
      onlyThemselves: '“不用天天报”要本人在自己的手机上开，没有办成。',
    },
  },
};
