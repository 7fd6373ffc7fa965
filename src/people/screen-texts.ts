/** What is said of people nowhere on the first screen: needs, powers, the community’s mode. */
export const peopleScreenTexts = {
  people: {
    needs: {
      livesAlone: '独居',
      chronic: '慢病',
      limitedMobility: '行动不便',
      pregnant: '孕产妇',
      disabled: '残疾',
    },
    powers: { 'check-in': '报平安', order: '买菜', errand: '找人帮忙' },
    mode: { emergency: '每天报平安', ordinary: '平常日子' },
    vacant: '空房',
    unit: '{unit} 单元',
    acting: { title: '正在替{who}办事', door: '{name}一家（{door}）', leave: '退出' },
  },
};
